import type { Random } from '@rl-recsys/random';

/** Items that a batch of targets is held against, and where among them each target stands. */
export interface CandidateItems {
  /** int32 `[candidates]`; undefined where it is the whole catalogue. */
  readonly items: Int32Array | undefined;
  /** int32 `[targets]`: the target's place among the candidates, −1 where it is not there. */
  readonly hidden: Int32Array;
  /** What is added to their scores, so that their sum stands for all other items: ln((items − 1) / candidates). */
  readonly correction: number;
}

/** Draws candidates: all items where `count` is not less, else so many different ones, uniformly. */
export class CandidateSampler {
  private readonly order: Int32Array;
  private readonly placeOf: Int32Array;

  constructor(
    private readonly itemCount: number,
    private readonly count: number,
  ) {
    this.order = Int32Array.from({ length: itemCount }, (_, item) => item);
    this.placeOf = new Int32Array(itemCount);
  }

  draw(targets: Int32Array, random: Random): CandidateItems {
    const { itemCount, count, order, placeOf } = this;
    if (count >= itemCount) return { items: undefined, hidden: targets, correction: 0 };
    placeOf.fill(-1);
    // The first places of a shuffle; the rest stays as it lies, which is as random.
    for (let place = 0; place < count; place++) {
      const other = place + random.integer(itemCount - place);
      const item = order[other]!;
      order[other] = order[place]!;
      order[place] = item;
      placeOf[item] = place;
    }
    const hidden = targets.map((item) => placeOf[item]!);
    return { items: order.slice(0, count), hidden, correction: Math.log((itemCount - 1) / count) };
  }
}
