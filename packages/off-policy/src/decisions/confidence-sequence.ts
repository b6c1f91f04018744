import type { Savable, SavedState } from '@rl-recsys/random';
import { checkNumber, SHARE_WITHIN } from '../columns.js';
import type { Interval } from '../statistics/interval.js';

/** What a {@link ConfidenceSequence} is made from. */
export interface ConfidenceSequenceOptions {
  /** Between what every value lies, whatever was seen: with anything narrower nothing is promised. */
  readonly range: Interval;
  /** With which probability the truth may ever be outside (default 0.05). */
  readonly alpha?: number;
}

/** No bet is larger: c of the paper. */
const LARGEST_LAMBDA = 0.5;
/** Until values are known one of 1/2, with all the variance that a share can have, stands for them. */
const PRIOR = { mean: 0.5, variance: 0.25 };
/** As far as a forecast looks. */
const FARTHEST = 1_000_000;

/**
 * An interval of a mean that may be read after every value, and acted on: with probability 1 − α it holds the truth at
 * all times at once. (One made for a fixed number of values and read again and again misses it sooner or later.)
 *
 * The predictable plug-in empirical Bernstein sequence of Waudby-Smith and Ramdas (2023, theorem 2). Values are of
 * `range` and, given those before, of one mean; they may depend on one another otherwise.
 */
export class ConfidenceSequence implements Savable {
  private readonly range: Interval;
  /** ln(2 / α) */
  private readonly logarithm: number;
  private values = 0;
  /** Of values as shares of their range, the prior one among them. */
  private sum: number = PRIOR.mean;
  private squares: number = PRIOR.variance;
  /** Σ λ, Σ λ x and Σ v ψ(λ). */
  private bets = 0;
  private weighted = 0;
  private spent = 0;

  /** @throws RangeError where `range` is empty or not finite, or `alpha` is no share. */
  constructor({ range, alpha = 0.05 }: ConfidenceSequenceOptions) {
    if (!(Number.isFinite(range.low) && Number.isFinite(range.high) && range.low < range.high)) {
      throw new RangeError(`range: expected finite low below high, got ${range.low} and ${range.high}`);
    }
    checkNumber('alpha', alpha, SHARE_WITHIN);
    this.range = range;
    this.logarithm = Math.log(2 / alpha);
  }

  /** How many values there were. */
  get count(): number {
    return this.values;
  }

  /** @throws RangeError where the value is not in the range; nothing has changed then. */
  push(value: number): void {
    const { low, high } = this.range;
    if (!(value >= low && value <= high)) {
      throw new RangeError(`value: expected from ${low} to ${high}, got ${value}`);
    }
    const share = (value - low) / (high - low);
    // All but the value itself is known before it.
    const mean = this.sum / (this.values + 1);
    const lambda = this.lambdaOf(this.values + 1, this.squares / (this.values + 1));
    this.bets += lambda;
    this.weighted += lambda * share;
    this.spent += (share - mean) ** 2 * costOf(lambda);
    this.values += 1;
    this.sum += share;
    this.squares += (share - this.sum / (this.values + 1)) ** 2;
  }

  /** What holds the mean; all of the range where nothing is known. */
  interval(): Interval {
    const { low, high } = this.range;
    if (this.values === 0) return { low, high };
    return this.intervalOf(this.bets, this.weighted, this.spent);
  }

  /**
   * How many values more it takes until the interval leaves `value` out, where they go on as they were; null where a
   * million would not do. 0 where it leaves it out already.
   */
  wantedUntilOutside(value: number): number | null {
    const share = this.sum / (this.values + 1);
    const variance = this.squares / (this.values + 1);
    let { bets, weighted, spent } = this;
    for (let more = 0, step; more <= FARTHEST; more += step) {
      if (bets > 0) {
        const { low, high } = this.intervalOf(bets, weighted, spent);
        if (value < low || value > high) return more;
      }
      // Bets fall slowly: a hundredth of all values at a time is as good as one by one.
      step = Math.ceil((this.values + more + 1) / 100);
      const lambda = this.lambdaOf(this.values + more + 1, variance);
      bets += step * lambda;
      weighted += step * lambda * share;
      spent += step * variance * costOf(lambda);
    }
    return null;
  }

  state(): SavedState {
    const { values, sum, squares, bets, weighted, spent } = this;
    return { values, sum, squares, bets, weighted, spent };
  }

  restore(state: SavedState): void {
    const saved = (state ?? {}) as Record<string, number>;
    for (const name of Object.keys(this.state() as object)) {
      if (!(Number.isFinite(saved[name]) && saved[name]! >= 0)) {
        throw new TypeError(`state.${name}: expected a number from 0, got ${String(saved[name])}`);
      }
    }
    this.values = saved['values']!;
    this.sum = saved['sum']!;
    this.squares = saved['squares']!;
    this.bets = saved['bets']!;
    this.weighted = saved['weighted']!;
    this.spent = saved['spent']!;
  }

  /** λₜ = min(√(2 ln(2/α) / (σ̂²ₜ₋₁ t ln(1 + t))), c). */
  private lambdaOf(t: number, variance: number): number {
    return Math.min(LARGEST_LAMBDA, Math.sqrt((2 * this.logarithm) / (variance * t * Math.log(1 + t))));
  }

  /** Σ λ x / Σ λ ± (ln(2/α) + Σ v ψ(λ)) / Σ λ, within the range. */
  private intervalOf(bets: number, weighted: number, spent: number): Interval {
    const { low, high } = this.range;
    const margin = (this.logarithm + spent) / bets;
    const outside = (share: number) => low + share * (high - low);
    return {
      low: Math.max(low, outside(weighted / bets - margin)),
      high: Math.min(high, outside(weighted / bets + margin)),
    };
  }
}

/** 4 ψ(λ) = −ln(1 − λ) − λ. */
function costOf(lambda: number): number {
  return -Math.log1p(-lambda) - lambda;
}
