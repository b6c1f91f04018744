import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import type { SessionStep } from '../sessions/learning-policy.js';

/**
 * What a user answered, as far as a policy can know: the steps of the running session that it was told of,
 * and the history in the observation, which in DRR's protocols holds likes alone. An item of both counts as
 * it was observed.
 */
export class Feedback {
  private user: number | undefined;
  private items: number[] = [];
  private rewards: number[] = [];

  reset(): void {
    this.user = undefined;
    this.items = [];
    this.rewards = [];
  }

  observe({ observation, action, reward }: SessionStep): void {
    if (observation.user !== this.user) this.reset();
    this.user = observation.user;
    this.items.push(action);
    this.rewards.push(reward);
  }

  /** All that is known of the observation's user. */
  of({ user, history, rewards }: RecommendationObservation): { items: number[]; rewards: number[] } {
    const known = { items: [] as number[], rewards: [] as number[] };
    const observed = new Set<number>();
    if (user === this.user) {
      known.items.push(...this.items);
      known.rewards.push(...this.rewards);
      for (const item of this.items) observed.add(item);
    }
    for (let place = 0; place < history.length; place++) {
      const item = history[place]!;
      if (item === NO_ITEM || observed.has(item)) continue;
      known.items.push(item);
      known.rewards.push(rewards[place]!);
    }
    return known;
  }
}
