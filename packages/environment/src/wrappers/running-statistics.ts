import type { SavedState } from '@rl-recsys/random';

/** Mean and variance of what was seen: plain JSON, to be saved beside an agent. */
export interface RunningStatistics {
  /** How much was seen, with the small weight that the first guess (mean 0, variance 1) has. */
  readonly count: number;
  readonly mean: readonly number[];
  /** Of the whole population: divided by `count`. */
  readonly variance: readonly number[];
}

/** What a wrapper that normalizes can do beside being an environment. */
export interface KeepsStatistics {
  /**
   * Whether the statistics follow what is seen. Default true; set it to false for evaluation, so that
   * they are used but stay as they are.
   */
  updateStatistics: boolean;
  /** A copy of the statistics. */
  statistics(): RunningStatistics;
  /**
   * Goes on from `statistics`, from a file or from another environment say.
   *
   * @throws TypeError where it is not such a record of the right length; nothing changes then.
   */
  restoreStatistics(statistics: RunningStatistics): void;
}

/** Mean 0 and variance 1, with next to no weight (1e-4), as Gymnasium's `RunningMeanStd` begins. */
export function initialStatistics(length: number): RunningStatistics {
  return {
    count: 1e-4,
    mean: new Array<number>(length).fill(0),
    variance: new Array<number>(length).fill(1),
  };
}

/**
 * The statistics after one more value of each number.
 *
 * See "Updating formulae and a pairwise algorithm for computing sample variances", Chan, Golub and
 * LeVeque 1979, for a second sample of size 1.
 */
export function withOneMore(before: RunningStatistics, values: ArrayLike<number>): RunningStatistics {
  const count = before.count + 1;
  const deltas = before.mean.map((mean, index) => values[index]! - mean);
  return {
    count,
    mean: before.mean.map((mean, index) => mean + deltas[index]! / count),
    variance: before.variance.map(
      (variance, index) => (before.count / count) * (variance + deltas[index]! ** 2 / count),
    ),
  };
}

/** A copy, so that nobody else can change it. */
export function copyOf({ count, mean, variance }: RunningStatistics): RunningStatistics {
  return { count, mean: [...mean], variance: [...variance] };
}

/** @throws TypeError where `statistics` doesn't hold `length` means and variances. */
export function assertStatistics(statistics: RunningStatistics, length: number): void {
  const { count, mean, variance } = statistics;
  const areNumbers = (values: unknown) =>
    Array.isArray(values) && values.length === length && values.every(Number.isFinite);
  const valid = Number.isFinite(count) && count > 0 && areNumbers(mean) && areNumbers(variance);
  if (!valid || variance.some((value) => value < 0)) {
    throw new TypeError(
      `statistics: expected { count above 0, mean and variance of ${length} numbers }, ` +
        `got ${JSON.stringify(statistics)}`,
    );
  }
}

/** A copy of saved statistics. @throws TypeError as {@link assertStatistics} does. */
export function statisticsOf(state: SavedState, length: number): RunningStatistics {
  const statistics = (state ?? {}) as unknown as RunningStatistics;
  assertStatistics(statistics, length);
  return copyOf(statistics);
}
