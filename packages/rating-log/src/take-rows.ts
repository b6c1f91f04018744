import type { RatingLog } from './rating-log.js';
import { rowsOf } from './rows-of.js';

/** The log of the rows whose `marks` are `mark`, over the same user and item indices. */
export function takeRows(log: RatingLog, marks: Uint8Array, mark: 0 | 1): RatingLog {
  const offsets = new Int32Array(log.userCount + 1);
  for (let user = 0; user < log.userCount; user++) {
    const { start, end } = rowsOf(log, user);
    let count = 0;
    for (let row = start; row < end; row++) if (marks[row] === mark) count += 1;
    offsets[user + 1] = offsets[user]! + count;
  }
  const rows = offsets[log.userCount]!;
  const items = new Int32Array(rows);
  const ratings = new Float32Array(rows);
  const timestamps = new Float64Array(rows);
  let taken = 0;
  for (let row = 0; row < marks.length; row++) {
    if (marks[row] !== mark) continue;
    items[taken] = log.items[row]!;
    ratings[taken] = log.ratings[row]!;
    timestamps[taken++] = log.timestamps[row]!;
  }
  return { ...log, offsets, items, ratings, timestamps };
}
