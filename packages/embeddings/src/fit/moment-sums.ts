import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import type { DenseMatrix } from '../dense/dense-matrix.js';
import type { FitWork } from './fit-control.js';

/** What a moment of a history looks back on and ahead to. */
export interface MomentWindows {
  /** How many of the most recent items a moment looks back on. */
  readonly window: number;
  /** After how many more recent items one counts half. */
  readonly halfLife: number;
  /** How many of the next items a moment looks ahead to. */
  readonly ahead: number;
  /** After how many nearer ones a next item counts half. */
  readonly aheadHalfLife: number;
}

/** What each of a log's rows counts, float32 `[rows]` each. */
export interface MomentWeights {
  readonly input: Float32Array;
  readonly target: Float32Array;
}

/**
 * Adds XᵀX, right of the diagonal and on it, and XᵀY, where X and Y have a row for each moment of each user that something
 * follows: of X the last `window` items, that of age k counting 2^(−k / halfLife); of Y the next `ahead` ones, the one after
 * k others counting 2^(−k / aheadHalfLife); each times its rating's weight.
 *
 * What a pair of ratings adds depends on how far apart they are and on how many moments see both, a geometric series: so
 * that it takes one addition a pair and not one a moment.
 */
export async function addMomentSums(
  log: RatingLog,
  windows: MomentWindows,
  weights: MomentWeights,
  gram: DenseMatrix,
  products: DenseMatrix,
  work: FitWork,
): Promise<void> {
  const { items, userCount } = log;
  const { window, ahead } = windows;
  const { input, target } = weights;
  const { stride } = gram;
  const seen = inputSeries(windows);
  const followed = targetSeries(windows);
  for (let user = 0; user < userCount; user++) {
    if (user % 64 === 0) await work.reach(user / userCount);
    const [inputs, targets] = [gram.numbers(), products.numbers()];
    const { start, end } = rowsOf(log, user);
    for (let older = start; older < end; older++) {
      const item = items[older]!;
      const reach = Math.min(end - older, window + ahead);
      for (let lag = 0; lag < reach; lag++) {
        const newer = older + lag;
        const other = items[newer]!;
        const moments = Math.min(window - lag, end - 1 - newer); // the last rating is followed by none
        if (moments > 0) {
          const at = Math.min(item, other) * stride + Math.max(item, other);
          inputs[at]! += input[older]! * input[newer]! * seen[lag * (window + 1) + moments]!;
        }
        if (lag > 0) targets[item * stride + other]! += input[older]! * target[newer]! * followed[lag]!;
      }
    }
  }
  await work.reach(1);
}

/** float64 `[window, window + 1]`: Σ over the first m moments of what two items count in X that lie `lag` apart. */
function inputSeries({ window, halfLife }: MomentWindows): Float64Array {
  const series = new Float64Array(window * (window + 1));
  for (let lag = 0; lag < window; lag++) {
    for (let moment = 0; moment < window; moment++) {
      const at = lag * (window + 1) + moment;
      series[at + 1] = series[at]! + 2 ** (-(2 * moment + lag) / halfLife);
    }
  }
  return series;
}

/** float64 `[window + ahead]`: Σ over all moments of what two items count, one in X, the other, `lag` later, in Y. */
function targetSeries({ window, halfLife, ahead, aheadHalfLife }: MomentWindows): Float64Array {
  return Float64Array.from({ length: window + ahead }, (_, lag) => {
    let sum = 0;
    for (let age = Math.max(0, lag - ahead); age < Math.min(lag, window); age++) {
      sum += 2 ** (-age / halfLife - (lag - age - 1) / aheadHalfLife);
    }
    return sum;
  });
}
