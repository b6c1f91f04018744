import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';

export interface PowerLawSizes {
  readonly users: number;
  readonly items: number;
  readonly ratings: number;
}

/** Directions in which tastes differ. */
const RANK = 4;

/**
 * A log of exactly so many ratings, made in time proportional to them: users' counts are exponential above a
 * fifth of the mean, an item's popularity falls as 1 / rank, and an item drawn twice for a user becomes any other.
 * Ratings are one to five stars around 3.5 by a product of tastes, a quality of the item and noise.
 */
export function powerLawLog({ users, items, ratings: count }: PowerLawSizes, random: Random): RatingLog {
  const offsets = new Int32Array(users + 1);
  const rated = new Int32Array(count);
  const ratings = new Float32Array(count);
  const features = Float32Array.from({ length: items * RANK }, () => random.normal());
  const seenBy = new Int32Array(items).fill(-1);
  const taste = new Float32Array(RANK);
  const most = Math.floor(items / 2);
  let end = 0;
  for (let user = 0; user < users; user++) {
    for (let place = 0; place < RANK; place++) taste[place] = 0.4 * random.normal();
    const drawn = Math.round((count / users) * (0.2 - 0.8 * Math.log(1 - random.uniform())));
    // What is left is shared so that nobody later gets more than most, or less than nothing.
    const least = count - end - (users - user - 1) * most;
    const own = Math.max(least, Math.min(drawn, most, count - end));
    for (const last = end + own; end < last; end++) {
      let item = Math.floor(items ** random.uniform()) - 1;
      while (seenBy[item] === user) item = random.integer(items);
      seenBy[item] = user;
      let opinion = 3.5 + 0.4 * features[item * RANK]! + 3 * (random.uniform() - 0.5);
      for (let place = 0; place < RANK; place++) opinion += taste[place]! * features[item * RANK + place]!;
      rated[end] = item;
      ratings[end] = Math.min(5, Math.max(1, Math.round(opinion)));
    }
    offsets[user + 1] = end;
  }
  const timestamps = new Float64Array(count).map((_, row) => row);
  return {
    userCount: users,
    itemCount: items,
    offsets,
    items: rated,
    ratings,
    timestamps,
    scale: { min: 1, max: 5 },
  };
}
