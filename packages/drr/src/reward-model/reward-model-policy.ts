import type { Fingerprint } from '@rl-recsys/rating-log';
import { joinHistories, type RewardedHistory } from '../residual/observed.js';
import type { RewardModel } from './reward-model.js';

/**
 * The greedy policy of a reward model: it ranks items by what it predicts that they earn at once. It follows the
 * model as it learns.
 */
export class RewardModelPolicy {
  /** What tables and errors call it. */
  readonly name = 'reward model';
  /** What its vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];

  constructor(private readonly model: RewardModel) {
    this.fittedOn = model.fittedOn;
  }

  /**
   * Writes to `scores[i]` what showing `items[i]` is predicted to earn; higher is better.
   *
   * @throws RangeError where the user or an item is in no table, or the history has another length.
   */
  score(observation: RewardedHistory, items: Int32Array, scores: Float32Array): void {
    scores.set(this.model.values(joinHistories([observation], this.model.historySize), items));
  }
}
