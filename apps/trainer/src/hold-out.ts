import { Random } from '@rl-recsys/random';
import { splitAtRandom, splitByTime, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';
import type { TrainOptions } from './options.js';

/** Holds out a fifth of each user's ratings: the newest, or of Jester, which has no times, any. */
export function holdOut(log: RatingLog, { dataset, seed }: TrainOptions): TimeSplit {
  if (dataset !== 'jester') return splitByTime(log);
  return splitAtRandom(log, { random: Random.fromSeed(seed).fork('held out') });
}
