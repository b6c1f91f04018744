import type { MovingTasteWorld } from './world.js';

/** One vector for each of many users or items, row after row: an embedding table. */
export interface VectorTable {
  readonly rows: number;
  /** How long a vector is. */
  readonly size: number;
  /** float32 `[rows, size]`, row by row. */
  readonly vectors: Float32Array;
}

/**
 * What users and items of a world truly are, as vectors of `topicCount + 2` numbers.
 *
 * An item is [one-hot topic, bait, quality] and a user [tastes, β, 1], so that their inner product is how
 * much the user likes the item for itself ({@link MovingTasteWorld.appeal}).
 */
export function trueVectors({
  userCount,
  itemCount,
  topicCount,
  tastes,
  topics,
  bait,
  quality,
  dynamics,
}: MovingTasteWorld): {
  users: VectorTable;
  items: VectorTable;
} {
  const size = topicCount + 2;
  const users = new Float32Array(userCount * size);
  for (let user = 0; user < userCount; user++) {
    users.set(tastes.subarray(user * topicCount, (user + 1) * topicCount), user * size);
    users.set([dynamics.baitAppeal, 1], user * size + topicCount);
  }
  const items = new Float32Array(itemCount * size);
  for (let item = 0; item < itemCount; item++) {
    items[item * size + topics[item]!] = 1;
    items.set([bait[item]!, quality[item]!], item * size + topicCount);
  }
  return {
    users: { rows: userCount, size, vectors: users },
    items: { rows: itemCount, size, vectors: items },
  };
}
