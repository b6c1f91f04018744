import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { drawLogMoments, type LogMoments } from '@rl-recsys/simulators';

/** So many moments are enough, and as many vectors of users as memory should hold. */
const MOST = 50_000;
const PER_USER = 8;

/** The moments where training sessions on a log begin. */
export function trainingMoments(train: RatingLog, random: Random): LogMoments {
  const perUser = Math.max(1, Math.min(PER_USER, Math.floor(MOST / train.userCount)));
  return drawLogMoments(train, { perUser, random });
}
