import { NO_ITEM } from './histories.js';
import { box } from './spaces/box.js';
import { discrete } from './spaces/discrete.js';
import type { Space } from './spaces/space.js';

/**
 * What a recommender sees, in dense indices. The action that answers it is the index of an item.
 *
 * Indices, not vectors: a replay buffer that holds them stays small, and never goes stale while a
 * state module or an embedding table learns.
 */
export interface RecommendationObservation {
  /** The user's index. */
  readonly user: number;
  /**
   * int32 `[n]`: the last n items, oldest first, so that the newest is always the last. A shorter
   * history is padded in front with {@link NO_ITEM}.
   */
  readonly history: Int32Array;
  /** float32 `[n]`: what each item of the history earned; 0 at padding. */
  readonly rewards: Float32Array;
  /** int32 `[any]`: the items that may be shown now, each once. */
  readonly candidates: Int32Array;
}

/** How many users and items there are, and n, the length of the history. */
export interface RecommendationSizes {
  readonly userCount: number;
  readonly itemCount: number;
  readonly historySize: number;
}

/** The observations of a recommender of these sizes. */
export interface RecommendationSpace extends Space<RecommendationObservation>, RecommendationSizes {
  readonly kind: 'recommendation';
}

/**
 * The space of a recommender's observations.
 *
 * @throws RangeError where a size is not a positive integer.
 */
export function recommendationSpace(sizes: RecommendationSizes): RecommendationSpace {
  const { userCount, itemCount, historySize } = sizes;
  for (const [name, size] of Object.entries({ userCount, itemCount, historySize })) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${size}`);
    }
  }
  const user = discrete(userCount);
  const history = box({ low: NO_ITEM, high: itemCount - 1, length: historySize }, 'int32');
  const rewards = box({ low: -Infinity, high: Infinity, length: historySize });
  const isPaddedInFront = (item: number, place: number, items: Int32Array) =>
    item !== NO_ITEM || place === 0 || items[place - 1] === NO_ITEM;
  const isItem = (item: number) => item >= 0 && item < itemCount;
  const isOffered = new Uint8Array(itemCount);
  return {
    kind: 'recommendation',
    ...{ userCount, itemCount, historySize },
    contains: (value): value is RecommendationObservation => {
      if (typeof value !== 'object' || value === null) return false;
      const observation = value as Partial<RecommendationObservation>;
      return (
        user.contains(observation.user) &&
        history.contains(observation.history) &&
        observation.history.every(isPaddedInFront) &&
        rewards.contains(observation.rewards) &&
        observation.candidates instanceof Int32Array &&
        observation.candidates.every(isItem) &&
        repeatedPlace(observation.candidates, isOffered) < 0
      );
    },
    sample: (random) => {
      const items = random.shuffle(Int32Array.from({ length: itemCount }, (_, item) => item));
      const length = random.integer(Math.min(historySize, itemCount - 1) + 1);
      const padded = new Int32Array(historySize).fill(NO_ITEM);
      padded.set(items.subarray(0, length), historySize - length);
      return {
        user: user.sample(random),
        history: padded,
        rewards: Float32Array.from(padded, (item) => (item === NO_ITEM ? 0 : 2 * random.uniform() - 1)),
        candidates: items.slice(length),
      };
    },
  };
}

/**
 * Where an item comes the second time, −1 where each comes once.
 *
 * @param seen - scratch `[items]`, all 0, and so again afterwards.
 */
function repeatedPlace(items: Int32Array, seen: Uint8Array): number {
  let place = 0;
  while (place < items.length && seen[items[place]!] === 0) seen[items[place++]!] = 1;
  for (const item of items) seen[item] = 0;
  return place < items.length ? place : -1;
}
