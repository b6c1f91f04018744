import type { Fingerprint } from '@rl-recsys/rating-log';
import type { LearningPolicy } from '../sessions/learning-policy.js';
import type { VectorTable } from '../vector-table.js';
import { Feedback } from './feedback.js';
import { checkRegularization, RidgeRegression } from './ridge-regression.js';

/** What {@link linearUcbPolicy} works on. */
export interface LinearUcbOptions {
  /** The items' vectors. */
  readonly items: VectorTable;
  /** α: how much an item gains by being unknown; 0 is greedy. */
  readonly alpha: number;
  /** λ of the ridge (default 1, as in the paper). */
  readonly regularization?: number;
  /** What the vectors were fitted on (default nothing). */
  readonly fittedOn?: readonly Fingerprint[];
}

/**
 * LinUCB (Li et al. 2010, Algorithm 1) with one model for each user over the items' vectors: an item's score is
 * its expected reward x·w plus α √(xᵀ A⁻¹ x).
 *
 * It learns from the history in the observation, where DRR's protocols put likes alone, and within sessions
 * also from every step. Nothing is carried over from one user to another.
 *
 * @throws RangeError where `alpha` is below 0 or `regularization` is not above 0.
 */
export function linearUcbPolicy({
  items,
  alpha,
  regularization = 1,
  fittedOn = [],
}: LinearUcbOptions): LearningPolicy {
  if (!(alpha >= 0 && alpha < Infinity))
    throw new RangeError(`alpha: expected a number from 0, got ${alpha}`);
  checkRegularization(regularization);
  const feedback = new Feedback();
  const prior = new Float64Array(items.size);
  return {
    name: 'LinUCB',
    fittedOn,
    score(observation, candidates, scores) {
      const known = feedback.of(observation);
      const model = new RidgeRegression(items, known.items, known.rewards, prior, regularization);
      for (let place = 0; place < candidates.length; place++) {
        const item = candidates[place]!;
        scores[place] = model.predict(item) + (alpha === 0 ? 0 : alpha * model.widthOf(item));
      }
    },
    reset: () => feedback.reset(),
    observe: (step) => feedback.observe(step),
  };
}
