import { savedArray, savedCount, savedRecord, type SavedState } from '@rl-recsys/random';
import { createRatingLog, type RatingLog, type RatingScale } from '@rl-recsys/rating-log';

/**
 * A log that was kept, by another machine perhaps: nothing in it is trusted.
 *
 * @param kept - a {@link RatingLog} as it was saved, which comes back as it was.
 * @throws TypeError or RangeError where it is none of so many users and items; what is wrong is named.
 */
export function keptLog(
  name: string,
  kept: SavedState,
  { userCount, itemCount }: Pick<RatingLog, 'userCount' | 'itemCount'>,
): RatingLog {
  const columns = savedRecord(kept, name, ['offsets', 'items', 'ratings', 'timestamps', 'scale']);
  const items = savedArray(columns.items, `${name}.items`, Int32Array);
  const offsets = savedArray(columns.offsets, `${name}.offsets`, Int32Array, userCount + 1);
  const users = new Int32Array(items.length);
  for (let user = 0; user < userCount; user++) {
    const end = savedCount(offsets[user + 1], `${name}.offsets[${user + 1}]`, items.length);
    users.fill(user, offsets[user], end);
  }
  return createRatingLog({
    ...{ userCount, itemCount, users, items },
    ratings: savedArray(columns.ratings, `${name}.ratings`, Float32Array),
    timestamps: savedArray(columns.timestamps, `${name}.timestamps`, Float64Array),
    scale: savedRecord(columns.scale, `${name}.scale`, ['min', 'max']) as unknown as RatingScale,
  });
}
