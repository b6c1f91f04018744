import type { Random } from '@rl-recsys/random';
import { fingerprintOf, rowsOf, type RatingLog } from '@rl-recsys/rating-log';

/**
 * Draws items that a user has not interacted with, out of those that somebody has: that nobody met an
 * item says nothing about it.
 */
export class UnseenItems {
  /** The items that somebody has interacted with, ascending. */
  private readonly known: Int32Array;
  /** Each user's items, ascending, as places in `known`. */
  private readonly places: Int32Array;

  constructor(private readonly log: RatingLog) {
    const { items } = fingerprintOf(log);
    this.known = Int32Array.from(new Set(items)).sort();
    const placeOf = new Int32Array(log.itemCount);
    this.known.forEach((item, place) => (placeOf[item] = place));
    this.places = items.map((item) => placeOf[item]!);
  }

  /** How many items a draw for the user chooses from. */
  countOf(user: number): number {
    const { start, end } = rowsOf(this.log, user);
    return this.known.length - (end - start);
  }

  /** One of the user's unseen items, each as likely as another; there has to be one. */
  draw(user: number, random: Random): number {
    const { start, end } = rowsOf(this.log, user);
    const rank = random.integer(this.known.length - (end - start));
    // Before the user's seen place number s are places[s] − s unseen ones, which never falls with s: so the
    // unseen place of this rank is found without drawing again what is taken.
    let low = 0;
    let high = end - start;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.places[start + middle]! - middle <= rank) low = middle + 1;
      else high = middle;
    }
    return this.known[rank + low]!;
  }
}
