import { float32Scale, rowsOf, type RatingLog, type RatingScale } from '@rl-recsys/rating-log';
import { DatasetError } from './dataset-error.js';
import type { ReadLogOptions } from './read-log-options.js';

/** No scale of whole numbers goes further than that of percent. */
const largestRating = 100;
/** Ratings have fewer steps where they go further. */
const steps = 20;

/** Makes of the numbers of a file what its options say that they mean, in place. */
export function withRatingsMeant(
  log: RatingLog,
  { counts, zeroIsImplicit = false }: Pick<ReadLogOptions, 'counts' | 'zeroIsImplicit'>,
): RatingLog {
  const { ratings, scale } = log;
  if (counts === 'median') {
    markAboveMedian(log);
    return { ...log, scale: { min: 0, max: 1 } };
  }
  if (counts === 'log') {
    ratings.forEach((count, row) => (ratings[row] = Math.log1p(count)));
    return onScale({ ...log, scale: { min: 0, max: Math.log1p(scale.max) } });
  }
  const { min: like } = float32Scale({ min: scale.min + 0.75 * (scale.max - scale.min), max: scale.max });
  if (zeroIsImplicit) ratings.forEach((rating, row) => (ratings[row] = rating === 0 ? like : rating));
  return onScale(log);
}

/**
 * @throws DatasetError where ratings look like counts: whole numbers, many different ones, up to more than 100. On a
 * scale of them hardly anything would be a like.
 */
export function assertNoCounts({ ratings, scale }: RatingLog, file: string): void {
  const isWhole = (scale: RatingScale) => Number.isInteger(scale.min) && Number.isInteger(scale.max);
  if (!(isWhole(scale) && scale.min >= 0 && scale.max > largestRating)) return;
  const different = new Set<number>();
  for (const rating of ratings) {
    if (!Number.isInteger(rating)) return;
    if (different.size <= steps) different.add(rating);
  }
  if (different.size <= steps) return;
  const { min, max } = scale;
  throw new DatasetError(
    `${file}: expected ratings, got more than ${steps} different whole numbers from ${min} to ${max}, as counts are`,
    {
      advice: [
        { option: 'counts', value: 'log' },
        { option: 'counts', value: 'median' },
        { option: 'scale', value: scale },
      ],
    },
  );
}

/** 1 for each count above the median of its user's, 0 for the others. */
function markAboveMedian(log: RatingLog): void {
  const { ratings, userCount } = log;
  for (let user = 0; user < userCount; user++) {
    const { start, end } = rowsOf(log, user);
    const own = ratings.slice(start, end).sort();
    const middle = own.length >> 1;
    const median = own.length % 2 === 1 ? own[middle]! : (own[middle - 1]! + own[middle]!) / 2;
    for (let row = start; row < end; row++) ratings[row] = ratings[row]! > median ? 1 : 0;
  }
}

/** Rounded to float32 a rating may have left the scale that it is the end of. */
function onScale(log: RatingLog): RatingLog {
  const { ratings } = log;
  const { min, max } = float32Scale(log.scale);
  for (let row = 0; row < ratings.length; row++) {
    const rating = ratings[row]!;
    if (rating < min) ratings[row] = min;
    else if (rating > max) ratings[row] = max;
  }
  return log;
}
