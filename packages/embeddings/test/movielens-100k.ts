import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';

/** MovieLens 100K, of whose ids 1 is taken. */
export function readMovieLens100k(folder: string): RatingLog {
  const rows = readFileSync(join(folder, 'u.data'), 'latin1').trimEnd().split('\n');
  const column = (index: number) => rows.map((row) => Number(row.split('\t')[index]));
  return createRatingLog({
    userCount: 943,
    itemCount: 1682,
    users: column(0).map((id) => id - 1),
    items: column(1).map((id) => id - 1),
    ratings: column(2),
    timestamps: column(3),
    scale: { min: 1, max: 5 },
  });
}
