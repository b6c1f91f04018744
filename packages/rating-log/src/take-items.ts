import type { RatingLog } from './rating-log.js';
import { takeRows } from './take-rows.js';

/**
 * The ratings of some items alone, over new indices: an item's is its place among them. Users stay as they are, also who has no
 * ratings then.
 *
 * @param items - int32 `[any]`
 * @throws RangeError where an item is not in the log, or given twice.
 */
export function takeItems(log: RatingLog, items: Int32Array): RatingLog {
  const places = new Int32Array(log.itemCount).fill(-1);
  for (const [place, item] of items.entries()) {
    if (places[item] !== -1)
      throw new RangeError(
        `items[${place}]: expected another one from 0 to ${log.itemCount - 1}, got ${item}`,
      );
    places[item] = place;
  }
  const marks = Uint8Array.from(log.items, (item) => (places[item]! < 0 ? 0 : 1));
  const taken = takeRows(log, marks, 1);
  return { ...taken, itemCount: items.length, items: taken.items.map((item) => places[item]!) };
}
