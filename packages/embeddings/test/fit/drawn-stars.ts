import { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { logOf } from './planted-log.js';

/** Stars of a few users and of items of which some have many ratings, some none. */
export function drawLog(seed: number, users: number, items: number): RatingLog {
  const stream = Random.fromSeed(seed);
  const rows = Array.from({ length: users * items }, (_, pair) => ({
    user: Math.floor(pair / items),
    item: pair % items,
    rating: 1 + stream.integer(5),
  })).filter(({ item }) => stream.uniform() < 0.8 - (0.8 * item) / items);
  const log = logOf(rows, { userCount: users, itemCount: items });
  return { ...log, scale: { min: 1, max: 5 } };
}
