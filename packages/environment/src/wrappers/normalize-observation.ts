import type { SavedState } from '@rl-recsys/random';
import type { Environment } from '../environment.js';
import { whenDone } from '../maybe-promise.js';
import { box, type BoxArray } from '../spaces/box.js';
import { expectBox } from './expect-box.js';
import { assertPositive } from './assert-positive.js';
import {
  assertStatistics,
  copyOf,
  initialStatistics,
  statisticsOf,
  withOneMore,
  type KeepsStatistics,
} from './running-statistics.js';
import { savedWith } from '../saving.js';
import { wrap } from './wrap.js';

/** How observations are normalized. */
export interface NormalizeObservationOptions {
  /** Added to the variance, so that a number that never changes divides by no zero. Default 1e-8, Gymnasium's. */
  readonly epsilon?: number;
}

/**
 * The same environment, whose observations are `(observation − mean) / √(variance + epsilon)`, with the
 * running mean and variance of each number.
 *
 * Each reset and each step updates the statistics first and then normalizes by them, as Gymnasium's
 * `NormalizeObservation` does. Observations become new `Float32Array`s, the space an unbounded box.
 * Other wrappers don't pass `updateStatistics` and its companions on: keep what this returns.
 *
 * @throws TypeError where the observation space is not a box.
 * @throws RangeError where `epsilon` is not positive; from `reset` and `step` where an observation holds
 * a number that is not finite, or too few: the statistics stay as they are.
 */
export function normalizeObservation<Action>(
  environment: Environment<BoxArray, Action>,
  { epsilon = 1e-8 }: NormalizeObservationOptions = {},
): Environment<Float32Array, Action> & KeepsStatistics {
  assertPositive('epsilon', epsilon);
  const { length } = expectBox('normalizeObservation', 'observationSpace', environment.observationSpace);
  let statistics = initialStatistics(length);

  const normalized = <Result extends { readonly observation: BoxArray }>(result: Result) => {
    const { observation } = result;
    if (observation.length !== length || !observation.every(Number.isFinite)) {
      throw new RangeError(`observation: expected ${length} finite numbers, got ${String(observation)}`);
    }
    if (wrapped.updateStatistics) statistics = withOneMore(statistics, observation);
    const { mean, variance } = statistics;
    return {
      ...result,
      observation: Float32Array.from(
        observation,
        (number, index) => (number - mean[index]!) / Math.sqrt(variance[index]! + epsilon),
      ),
    };
  };
  const wrapped: Environment<Float32Array, Action> & KeepsStatistics = {
    ...wrap(environment, {
      observationSpace: box({ low: -Infinity, high: Infinity, length }),
      actionSpace: environment.actionSpace,
      reset: (options) => whenDone(environment.reset(options), normalized),
      step: (action) => whenDone(environment.step(action), normalized),
    }),
    ...savedWith(environment, {
      state: () => copyOf(statistics) as unknown as SavedState,
      restore: (state) => void (statistics = statisticsOf(state, length)),
    }),
    updateStatistics: true,
    statistics: () => copyOf(statistics),
    restoreStatistics: (saved) => {
      assertStatistics(saved, length);
      statistics = copyOf(saved);
    },
  };
  return wrapped;
}
