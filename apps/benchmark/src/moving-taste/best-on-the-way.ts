import type { RankingPolicy } from '@rl-recsys/drr';

/** How often an agent is judged in the second half of its training at most, the end included. */
const TIMES = 16;

/**
 * The best policy that an agent had in the second half of its training. Runs that are at their height differ by some points from one
 * moment to the next.
 */
export class BestOnTheWay {
  private best: RankingPolicy | undefined;
  private most = -Infinity;
  private judged: number;

  /**
   * @param steps - of the whole training.
   * @param policy - the agent's, as it is then.
   * @param worth - of a policy, to users who are neither trained on nor measured.
   */
  constructor(
    private readonly steps: number,
    private readonly policy: () => RankingPolicy,
    private readonly worth: (policy: RankingPolicy) => number,
  ) {
    this.judged = steps / 2;
  }

  /** Looks at the agent where it is time: what is called with each line of metrics. */
  look({ step }: { readonly step: number }): void {
    if (step < Math.min(this.judged + this.steps / (2 * TIMES), this.steps)) return;
    this.judged = step;
    const policy = this.policy();
    const worth = this.worth(policy);
    if (worth > this.most) [this.best, this.most] = [policy, worth];
  }

  /** @throws Error where training did not come to its second half. */
  get found(): RankingPolicy {
    if (!this.best) throw new Error('expected a training that came to its second half');
    return this.best;
  }
}
