import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { RatingLog } from '@rl-recsys/rating-log';

/**
 * Writes a log for contenders in any language to read: int32 users, items, ratings; int32 offsets `[users + 1]`,
 * int32 items `[ratings]`, float32 ratings `[ratings]`; of this machine's byte order. Times are left out.
 */
export function writeLogFile(
  path: string,
  { userCount, itemCount, offsets, items, ratings }: RatingLog,
): void {
  const file = openSync(path, 'w');
  for (const column of [Int32Array.of(userCount, itemCount, items.length), offsets, items, ratings]) {
    writeSync(file, column);
  }
  closeSync(file);
}

export function readLogFile(path: string): RatingLog {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const [userCount, itemCount, count] = new Int32Array(bytes, 0, 3) as unknown as [number, number, number];
  const begin = 4 * (3 + userCount + 1);
  return {
    userCount,
    itemCount,
    offsets: new Int32Array(bytes, 12, userCount + 1),
    items: new Int32Array(bytes, begin, count),
    ratings: new Float32Array(bytes, begin + 4 * count, count),
    timestamps: new Float64Array(count),
    scale: { min: 1, max: 5 },
  };
}
