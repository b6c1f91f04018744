import type { Fingerprint } from '@rl-recsys/rating-log';
import { joinHistories, type RewardedHistory } from '../histories.js';
import type { RewardModel } from './reward-model.js';

/** Users whose candidates are valued together, those with about as many: little is filled up then. */
const GROUP_SIZE = 16;

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
    this.scoreBatch([observation], [items], [scores]);
  }

  /**
   * {@link RewardModelPolicy.score} for several users at once, which is far less work for each.
   *
   * @throws RangeError as {@link RewardModelPolicy.score} does.
   */
  scoreBatch(
    observations: readonly RewardedHistory[],
    items: readonly Int32Array[],
    scores: readonly Float32Array[],
  ): void {
    const byLength = [...items.keys()].sort((a, b) => items[a]!.length - items[b]!.length);
    for (let start = 0; start < byLength.length; start += GROUP_SIZE) {
      const users = byLength.slice(start, start + GROUP_SIZE);
      const width = items[users.at(-1)!]!.length;
      const candidates = new Int32Array(users.length * width); // shorter ones are filled up with item 0
      for (const [row, user] of users.entries()) candidates.set(items[user]!, row * width);
      const histories = joinHistories(
        users.map((user) => observations[user]!),
        this.model.historySize,
      );
      const values = this.model.values(histories, candidates);
      for (const [row, user] of users.entries()) {
        scores[user]!.set(values.subarray(row * width, row * width + items[user]!.length));
      }
    }
  }
}
