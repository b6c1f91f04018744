import type { SeenHistory } from './histories.js';

/** An item and what a policy gives it. */
export interface RankedItem {
  readonly item: number;
  readonly score: number;
}

/** For whom what is to be ranked. */
export interface RankRequest {
  readonly somebody: SeenHistory;
  /** How many items, at most. */
  readonly k: number;
  /** int32 `[any]`: what they are not to be shown, in any order, repeated or not. */
  readonly barred: Int32Array;
  /** int32 `[any]`, ascending: the only items that may be shown (default: the whole catalogue). */
  readonly within?: Int32Array | undefined;
}

/** Ranks a catalogue for people by a trained policy. */
export interface Ranker {
  /** n, how many of the last likes it looks at. */
  readonly historySize: number;
  /** Whether it has anything to go by. */
  knows(somebody: SeenHistory): boolean;
  /** The best items for each of those that it knows, best first; of equal ones the lower index first. */
  rank(requests: readonly RankRequest[]): RankedItem[][];
}
