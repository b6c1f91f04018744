import type { Random } from '@rl-recsys/random';
import type { MovingTasteWorld, TasteState } from './world.js';

/**
 * Chooses the next item from the hidden state: what an agent is measured against.
 *
 * `candidates` (int32 `[any]`) are the items that may be shown, ascending; it is only good during the call.
 */
export type TastePolicy = (state: Readonly<TasteState>, candidates: Int32Array) => number;

/** Any candidate, each as likely as the others. */
export function randomTastePolicy(random: Random): TastePolicy {
  return (_, candidates) => candidates[random.integer(candidates.length)]!;
}

/** What the user likes most for itself: it knows tastes, bait and quality, but not that anything moves. */
export function staticTastePolicy(world: MovingTasteWorld): TastePolicy {
  return ({ user }, candidates) => highest(candidates, (item) => world.appeal(user, item));
}

/** What {@link greedyTastePolicy} takes from the mean rating of an item, in stars. */
export interface GreedyPenalties {
  /** For each unit of bait (default 0). More than β shows nourishing items before clickbait of equal appeal. */
  readonly bait?: number;
  /** For each unit of satiation with the item's topic, beside what it costs anyway (default 0). */
  readonly satiation?: number;
}

/**
 * What earns most at once, seen from the true state; with penalties, a rule of thumb that looks ahead.
 *
 * Without penalties no policy that only looks at the next reward is better.
 */
export function greedyTastePolicy(
  world: MovingTasteWorld,
  { bait = 0, satiation = 0 }: GreedyPenalties = {},
): TastePolicy {
  return (state, candidates) =>
    highest(
      candidates,
      (item) =>
        world.meanRating(state, item) -
        bait * world.bait[item]! -
        satiation * state.satiation[world.topics[item]!]!,
    );
}

/** The item of the highest score; of equal ones the first. */
function highest(items: Int32Array, scoreOf: (item: number) => number): number {
  let best = items[0]!;
  let bestScore = -Infinity;
  for (let place = 0; place < items.length; place++) {
    const score = scoreOf(items[place]!);
    if (score <= bestScore) continue;
    bestScore = score;
    best = items[place]!;
  }
  return best;
}
