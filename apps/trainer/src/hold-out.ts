import { Random } from '@rl-recsys/random';
import { splitAtRandom, splitByTime, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';
import type { TrainOptions } from './options.js';

/** So many simulated users tell as much as MovieLens 100K's; ranking for all takes longer than learning. */
const SIMULATED_USERS = 1000;

/** Holds out a fifth of each user's ratings: the newest, or of Jester, which has no times, any. */
export function holdOut(log: RatingLog, { dataset, seed }: TrainOptions): TimeSplit {
  if (dataset === 'jester') return splitAtRandom(log, { random: Random.fromSeed(seed).fork('held out') });
  const { train, test } = splitByTime(log);
  return { train, test: dataset === 'moving-taste' ? ofFirstUsers(test, SIMULATED_USERS) : test };
}

/** The same log with the rows of its first users alone. */
function ofFirstUsers({ items, ratings, timestamps, ...log }: RatingLog, count: number): RatingLog {
  const end = log.offsets[count]!;
  return {
    ...log,
    offsets: log.offsets.map((offset) => Math.min(offset, end)),
    items: items.slice(0, end),
    ratings: ratings.slice(0, end),
    timestamps: timestamps.slice(0, end),
  };
}
