import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { bestItem, scoreItems } from '../src/index.js';

/** Items 0 to 3. */
const items = createEmbeddingTable(Float32Array.of(1, 2, -1, 0.5, 3, -1, 0, 4), 2);
const action = Float32Array.of(0.5, -0.25);

describe('scores', () => {
  test('are inner products of the vectors with the action', () => {
    const scores = new Float32Array(4);
    scoreItems(action, items, Int32Array.of(0, 1, 2, 3), scores);
    // 0.5 − 0.5, −0.5 − 0.125, 1.5 + 0.25, 0 − 1
    expect(Array.from(scores)).toEqual([0, -0.625, 1.75, -1]);
  });

  test('stand where their candidates stand', () => {
    const scores = new Float32Array(3);
    scoreItems(action, items, Int32Array.of(3, 2, 3), scores);
    expect(Array.from(scores)).toEqual(closeTo([-1, 1.75, -1]));
  });

  test('are those of each candidate alone, however many there are', () => {
    const vectors = Float32Array.from({ length: 33 }, (_, place) => Math.sin(place));
    const [table, own] = [createEmbeddingTable(vectors, 3), Float32Array.of(0.1, -0.7, 0.3)];
    for (let count = 0; count <= 11; count++) {
      const candidates = Int32Array.from({ length: count }, (_, place) => (place * 7) % 11);
      const scores = new Float32Array(count);
      scoreItems(own, table, candidates, scores);
      const alone = Array.from(candidates, (item) => {
        const [a, b, c] = vectors.subarray(3 * item, 3 * item + 3);
        return Math.fround(own[0]! * a! + own[1]! * b! + own[2]! * c!);
      });
      expect(Array.from(scores)).toEqual(alone);
    }
  });

  test.each([4, -1])('of the item %p, which is in no table, are refused', (item) => {
    expect(() => scoreItems(action, items, Int32Array.of(0, item), new Float32Array(2))).toThrow(
      new RangeError(`candidates: expected an index from 0 to 3, got ${item}`),
    );
  });

  test('of an action of another length are refused', () => {
    expect(() => scoreItems(Float32Array.of(1), items, Int32Array.of(0), new Float32Array(1))).toThrow(
      new RangeError("action: expected 2 numbers like the items' vectors, got 1"),
    );
  });
});

describe('the best item', () => {
  test('has the highest score', () => {
    expect(bestItem(action, items, Int32Array.of(0, 1, 2, 3))).toBe(2);
    expect(bestItem(action, items, Int32Array.of(2, 3, 1))).toBe(2);
  });

  test('is a candidate, also where all candidates score below 0 and below the others', () => {
    // The others score 0 and 1.75; with scores times a mask they, at 0 each, would win.
    expect(bestItem(action, items, Int32Array.of(3, 1))).toBe(1);
    expect(bestItem(action, items, Int32Array.of(3))).toBe(3);
  });

  test('is of equal ones the one with the lower index, wherever they stand', () => {
    const twins = createEmbeddingTable(Float32Array.of(0, 0, 1, 1, 1, 1, 1, 1), 2);
    const ones = Float32Array.of(1, 1);
    expect(bestItem(ones, twins, Int32Array.of(3, 1, 2, 0))).toBe(1);
    expect(bestItem(ones, twins, Int32Array.of(0, 2, 3))).toBe(2);
  });

  test('needs a candidate that is in the table', () => {
    expect(() => bestItem(action, items, new Int32Array())).toThrow(
      new RangeError('candidates: expected at least one item, got none'),
    );
    expect(() => bestItem(action, items, Int32Array.of(9, 2))).toThrow(
      'candidates: expected an index from 0 to 3, got 9',
    );
  });
});
