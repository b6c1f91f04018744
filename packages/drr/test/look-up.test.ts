import * as tf from '@tensorflow/tfjs-core';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment';
import { expect, test } from '@jest/globals';
import { lookUp } from '../src/look-up.js';
import { UploadedTables } from '../src/uploaded-tables.js';

const tables = {
  users: createEmbeddingTable(Float32Array.of(1, 2, 3, 4), 2), // user 0, user 1
  items: createEmbeddingTable(Float32Array.of(10, 11, 20, 21, 30, 31), 2), // items 0, 1 and 2
};
const histories = Int32Array.of(NO_ITEM, 2, 0, 1, NO_ITEM, NO_ITEM);

test('users and items become their vectors, and padding becomes 0 and is masked', () => {
  const [user, items, mask] = lookUp(tables, { user: [1, 0], history: histories }, 3);
  expect(user.arraySync()).toEqual([
    [3, 4],
    [1, 2],
  ]);
  expect(items.arraySync()).toEqual([
    [
      [0, 0],
      [30, 31],
      [10, 11],
    ],
    [
      [20, 21],
      [0, 0],
      [0, 0],
    ],
  ]);
  expect(mask.arraySync()).toEqual([
    [0, 1, 1],
    [1, 0, 0],
  ]);
});

test('the tensors do not share memory with the tables', () => {
  const [user, items] = lookUp(tables, { user: [0], history: Int32Array.of(0) }, 1);
  user.dataSync().fill(99); // the cpu backend hands out the buffer itself
  items.dataSync().fill(99);
  expect(Array.from(tables.users.vectors)).toEqual([1, 2, 3, 4]);
  expect(tables.items.vectors[0]).toBe(10);
});

test.each([2, -1, 0.5, NaN])('the user %p is refused', (user) => {
  const none = tf.memory().numTensors;
  expect(() => lookUp(tables, { user: [0, user], history: histories }, 3)).toThrow(
    new RangeError(`user: expected an index from 0 to 1, got ${user}`),
  );
  expect(tf.memory().numTensors).toBe(none);
});

test.each([3, -2])('the item %p in a history is refused', (item) => {
  expect(() => lookUp(tables, { user: [0], history: Int32Array.of(0, item, 1) }, 3)).toThrow(
    new RangeError(`history: expected an index from 0 to 2, got ${item}`),
  );
});

test('tables on the backend give the same, but for what stands at padding, and refuse the same', () => {
  const { numTensors } = tf.memory();
  const uploaded = new UploadedTables(tables);
  const asked = { user: [1, 0], history: histories };
  tf.tidy(() => {
    const [[user, items, mask], [sameUser, sameItems, sameMask]] = [
      uploaded.lookUp(asked, 3),
      lookUp(tables, asked, 3),
    ];
    expect(user.arraySync()).toEqual(sameUser.arraySync());
    expect(mask.arraySync()).toEqual(sameMask.arraySync());
    const masked = tf.mul(items, tf.expandDims(mask, 2));
    expect(masked.arraySync()).toEqual(sameItems.arraySync());
  });
  for (const user of [2, -1])
    expect(() => uploaded.lookUp({ user: [user], history: Int32Array.of(0) }, 1)).toThrow(
      `user: expected an index from 0 to 1, got ${user}`,
    );
  expect(() => uploaded.lookUp({ user: [0], history: Int32Array.of(3) }, 1)).toThrow(
    'history: expected an index from 0 to 2, got 3',
  );
  uploaded.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});

test.each([1, 2, 4, 0])('a history of %p places where 3 belong is refused', (length) => {
  expect(() => lookUp(tables, { user: [0], history: new Int32Array(length) }, 3)).toThrow(
    new RangeError(`history: expected 3 indices for each user, got ${length} for 1`),
  );
});
