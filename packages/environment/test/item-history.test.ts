import { expect, test } from '@jest/globals';
import { ItemHistory } from '../src/index.js';

test('the newest item is last, padding in front, and the oldest leaves', () => {
  const history = new ItemHistory(3);
  expect(history.observe()).toEqual({
    history: Int32Array.of(-1, -1, -1),
    rewards: Float32Array.of(0, 0, 0),
  });
  history.push(7, 0.5);
  history.push(4, 1);
  expect(history.observe()).toEqual({
    history: Int32Array.of(-1, 7, 4),
    rewards: Float32Array.of(0, 0.5, 1),
  });
  history.push(2, -1);
  history.push(9, 0);
  expect(history.observe()).toEqual({ history: Int32Array.of(4, 2, 9), rewards: Float32Array.of(1, -1, 0) });
});

test('an observation stays as it was when the history goes on', () => {
  const history = new ItemHistory(1);
  history.push(1, 1);
  const seen = history.observe();
  history.push(2, -1);
  expect(seen).toEqual({ history: Int32Array.of(1), rewards: Float32Array.of(1) });
});

test('one that was cleared is as new', () => {
  const history = new ItemHistory(2);
  history.push(7, 0.5);
  history.clear();
  expect(history.observe()).toEqual(new ItemHistory(2).observe());
});

test('a bad size is named', () => {
  expect(() => new ItemHistory(0)).toThrow('size: expected a positive integer, got 0');
});
