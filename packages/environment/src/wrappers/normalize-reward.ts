import { savedNumber, savedRecord, type SavedState } from '@rl-recsys/random';
import type { Environment, StepResult } from '../environment.js';
import { whenDone } from '../maybe-promise.js';
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

/** How rewards are normalized. */
export interface NormalizeRewardOptions {
  /** Discount of the return whose spread is measured, from 0 to 1: the agent's. Default 0.99, Gymnasium's. */
  readonly gamma?: number;
  /** Added to the variance, so that rewards that never change divide by no zero. Default 1e-8, Gymnasium's. */
  readonly epsilon?: number;
}

/**
 * The same environment, whose rewards are divided by the standard deviation of the discounted return,
 * `reward / √(variance + epsilon)`. The mean is not subtracted: that would change what is best.
 *
 * The return runs as in Gymnasium's `NormalizeReward`, at each step
 * `return ← return · gamma · (1 − terminated) + reward`. So a terminal step forgets what came before it, a truncated one does not, and `reset`
 * leaves the return alone. It also runs on while `updateStatistics` is false. Other wrappers don't pass
 * `updateStatistics` and its companions on: keep what this returns.
 *
 * @throws RangeError where `gamma` is not in [0, 1] or `epsilon` not positive; from `step` where a
 * reward is not finite: return and statistics stay as they are.
 */
export function normalizeReward<Observation, Action>(
  environment: Environment<Observation, Action>,
  { gamma = 0.99, epsilon = 1e-8 }: NormalizeRewardOptions = {},
): Environment<Observation, Action> & KeepsStatistics {
  if (!(gamma >= 0 && gamma <= 1)) {
    throw new RangeError(`gamma: expected a number from 0 to 1, got ${gamma}`);
  }
  assertPositive('epsilon', epsilon);
  let discountedReturn = 0;
  let statistics = initialStatistics(1);

  const normalized = (result: StepResult<Observation>): StepResult<Observation> => {
    const { reward, terminated } = result;
    if (!Number.isFinite(reward)) throw new RangeError(`reward: expected a finite number, got ${reward}`);
    discountedReturn = (terminated ? 0 : discountedReturn * gamma) + reward;
    if (wrapped.updateStatistics) statistics = withOneMore(statistics, [discountedReturn]);
    return { ...result, reward: reward / Math.sqrt(statistics.variance[0]! + epsilon) };
  };
  const wrapped: Environment<Observation, Action> & KeepsStatistics = {
    ...wrap(environment, { step: (action) => whenDone(environment.step(action), normalized) }),
    ...savedWith(environment, {
      state: () => ({ discountedReturn, statistics: copyOf(statistics) as unknown as SavedState }),
      restore: (state) => {
        const saved = savedRecord(state, 'state', ['discountedReturn', 'statistics']);
        const restored = statisticsOf(saved.statistics, 1);
        discountedReturn = savedNumber(saved.discountedReturn, 'discountedReturn');
        statistics = restored;
      },
    }),
    updateStatistics: true,
    statistics: () => copyOf(statistics),
    restoreStatistics: (saved) => {
      assertStatistics(saved, 1);
      statistics = copyOf(saved);
    },
  };
  return wrapped;
}
