import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import type { CandidatePools } from './candidate-pools.js';
import { kindOfCandidates, type CandidateKind } from './candidate-kind.js';

/** Draws what is looked at in a step of training: of what an observation offers, rows of its moment's pool. */
export class DrawnCandidates {
  private readonly isOffered: Uint8Array;

  /** @param count - how many rows are drawn at most. */
  constructor(
    private readonly pools: CandidatePools,
    private readonly options: { readonly itemCount: number; readonly count: number },
  ) {
    this.isOffered = new Uint8Array(options.itemCount);
  }

  /**
   * Any of what is offered and in the pool. Of a catalogue what comes next is as rare among them as it is in the pool: if more of it
   * were drawn, it would matter too much how it will be rated, and too little whether it comes at all.
   *
   * @returns int32 `[count]`, −1 where there are fewer.
   */
  draw(observation: RecommendationObservation, random: Random): Int32Array {
    const { count } = this.options;
    const rows = new Int32Array(count).fill(NO_ITEM);
    rows.set(random.shuffle(this.all(observation)).slice(0, count));
    return rows;
  }

  /**
   * All of what is offered and in the pool, int32 `[any]`.
   *
   * @throws RangeError where nothing of it is.
   */
  all(observation: RecommendationObservation): Int32Array {
    const { offsets, foundFrom, unratedFrom } = this.pools;
    const { user, candidates } = observation;
    const end = offsets[user + 1]!;
    const rows =
      this.kindOf(observation) === 'few'
        ? this.offered(candidates, offsets[user]!, unratedFrom[user]!)
        : this.offered(candidates, foundFrom[user]!, end);
    const found = rows.length > 0 ? rows : this.offered(candidates, offsets[user]!, end);
    if (found.length > 0) return found;
    throw new RangeError(
      `candidates: expected one in the pool of moment ${user}, got ${candidates.length} others`,
    );
  }

  /** What kind of candidates an observation offers. */
  kindOf({ user, candidates }: RecommendationObservation): CandidateKind {
    return kindOfCandidates(candidates.length, this.pools.unratedCounts[user]!);
  }

  private offered(candidates: Int32Array, from: number, to: number): Int32Array {
    const { pools, isOffered } = this;
    const rows = new Int32Array(to - from);
    let count = 0;
    for (const item of candidates) isOffered[item] = 1;
    for (let row = from; row < to; row++) if (isOffered[pools.items[row]!] === 1) rows[count++] = row;
    for (const item of candidates) isOffered[item] = 0;
    return rows.subarray(0, count);
  }
}
