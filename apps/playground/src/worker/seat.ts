import type { ResidualAgent } from '@rl-recsys/drr';
import { ItemHistory, type RecommendationObservation } from '@rl-recsys/environment';
import type { Played, Thought } from '../messages.js';
import { thoughtOf } from './thought.js';
import type { World } from './worlds/world.js';

/** The seat of a user, in which the reader sits: what the recommender shows them, and what they gave it. */
export class Seat {
  private readonly history: ItemHistory;
  private readonly shown: { readonly item: number; readonly stars: number }[] = [];
  private thought: Thought | undefined;
  private before: readonly number[] = [];

  constructor(
    private readonly world: World,
    private readonly user: number,
  ) {
    this.history = new ItemHistory(world.historySize);
  }

  /** What is shown now, by an agent that may have learned meanwhile. */
  look(agent: ResidualAgent): Played {
    const { world, user, shown } = this;
    const observation = this.observe();
    this.thought = observation.candidates.length === 0 ? undefined : thoughtOf(agent, world, observation);
    return {
      userName: world.users.idOf(user),
      shown: shown.map(({ item, stars }) => ({ facts: world.factsOf(item), stars })),
      ...{ thought: this.thought, before: this.before },
    };
  }

  /** Gives one to five stars to what is shown. */
  rate(stars: number): void {
    const item = this.thought?.candidates[0]?.item;
    if (item === undefined) return;
    this.before = this.thought!.topics;
    this.history.push(item, this.world.rewardOf(stars));
    this.shown.push({ item, stars });
  }

  private observe(): RecommendationObservation {
    const { world, user, history, shown } = this;
    const seen = new Set(shown.map(({ item }) => item));
    const all = Int32Array.from({ length: world.log.itemCount }, (_, item) => item);
    return { user, ...history.observe(), candidates: all.filter((item) => !seen.has(item)) };
  }
}
