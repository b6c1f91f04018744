import type { ItemHistory } from '@rl-recsys/environment';
import { isLiked, rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { rememberIfLiked } from './liked-history.js';
import type { RankedList } from './ranked-list.js';
import type { ScoreRequest } from './score-items.js';
import { topPlaces } from './top-places.js';

/** What one user is shown of the items that they held out, item by item: the likes enter the history. */
export class GrowingList {
  /** Rows of the log, first those that were shown and then the others by item. */
  private readonly rows: Int32Array;
  private readonly items: Int32Array;
  private readonly scores: Float32Array;
  private readonly length: number;
  private shown = 0;

  /**
   * @param history - what the policy sees first; the list keeps it up to date.
   * @param depth - how many items to show at most.
   */
  constructor(
    private readonly user: number,
    private readonly test: RatingLog,
    private readonly history: ItemHistory,
    depth: number,
  ) {
    const { start, end } = rowsOf(test, user);
    this.rows = Int32Array.from({ length: end - start }, (_, place) => start + place);
    // Sorted by item, so that the first of the best is the one of the lowest index.
    this.rows.sort((a, b) => test.items[a]! - test.items[b]!);
    this.items = this.rows.map((row) => test.items[row]!);
    this.scores = new Float32Array(this.rows.length);
    this.length = Math.min(depth, this.rows.length);
  }

  /** Whether all is shown that is to be. */
  get isFull(): boolean {
    return this.shown === this.length;
  }

  /** What is left, to be scored before the next item is shown. */
  request(): ScoreRequest {
    const { user, shown } = this;
    return {
      observation: { user, ...this.history.observe() },
      items: this.items.subarray(shown),
      scores: this.scores.subarray(shown),
    };
  }

  /** Shows the item with the best score; its logged rating is the feedback. */
  showBest(): void {
    const { rows, items, shown } = this;
    const best = shown + topPlaces(this.scores.subarray(shown), 1)[0]!;
    for (const places of [rows, items]) {
      const chosen = places[best]!;
      places.copyWithin(shown + 1, shown, best);
      places[shown] = chosen;
    }
    rememberIfLiked(this.history, this.test, rows[shown]!);
    this.shown += 1;
  }

  /** The list as it is now. */
  ranked(): RankedList {
    const likes = (row: number) => isLiked(this.test.ratings[row]!, this.test.scale);
    const shown = this.rows.subarray(0, this.shown);
    return {
      user: this.user,
      items: this.items.slice(0, this.shown),
      liked: Array.from(shown, likes),
      candidateCount: this.rows.length,
      likedCount: this.rows.filter(likes).length,
    };
  }
}
