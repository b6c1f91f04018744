import type { RatingLog } from './rating-log.js';
import { rowsOf } from './rows-of.js';

/**
 * Which interactions a model was fitted on: exactly those pairs of user and item, without the ratings.
 *
 * It takes 4 bytes an interaction. Items of user u are `items[offsets[u]]` to `items[offsets[u + 1] - 1]`,
 * ascending.
 */
export interface Fingerprint {
  readonly userCount: number;
  readonly itemCount: number;
  /** int32 `[userCount + 1]` */
  readonly offsets: Int32Array;
  /** int32 `[interactions]` */
  readonly items: Int32Array;
}

/** The fingerprint of what a log holds; later changes to the log's arrays don't reach it. */
export function fingerprintOf(log: RatingLog): Fingerprint {
  const { userCount, itemCount, offsets } = log;
  const sorted = log.items.slice();
  for (let user = 0; user < userCount; user++) {
    const { start, end } = rowsOf(log, user);
    sorted.subarray(start, end).sort();
  }
  return { userCount, itemCount, offsets: offsets.slice(), items: sorted };
}

/**
 * How many of a log's interactions a model with this fingerprint has seen. Anything but 0 means that its
 * figures on that log are too good.
 *
 * @throws RangeError where the log counts other users or items, because then its indices mean others.
 */
export function countSeen(fingerprint: Fingerprint, log: RatingLog): number {
  for (const name of ['userCount', 'itemCount'] as const) {
    if (log[name] !== fingerprint[name]) {
      throw new RangeError(
        `log.${name}: expected ${fingerprint[name]} as when the model was fitted, got ${log[name]}`,
      );
    }
  }
  let seen = 0;
  for (let user = 0; user < log.userCount; user++) {
    const fitted = rowsOf(fingerprint, user);
    const known = fingerprint.items.subarray(fitted.start, fitted.end);
    const { start, end } = rowsOf(log, user);
    const asked = log.items.slice(start, end).sort();
    let place = 0; // both ascend, so that one walk over both finds what is in both
    for (const item of asked) {
      while (place < known.length && known[place]! < item) place++;
      if (known[place] === item) seen += 1;
    }
  }
  return seen;
}
