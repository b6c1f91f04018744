import type { Random } from '@rl-recsys/random';
import { assertPositiveIntegers } from '../positive-integers.js';
import type { TasteDynamics } from './dynamics.js';
import { MovingTasteWorld } from './world.js';

/** The standard deviation of how users' tastes differ, in stars. */
const spreadOfTaste = 0.6;
/** The standard deviation of how good the items of a catalogue are, in stars. */
const spreadOfQuality = 0.15;

/** How large {@link movingTasteTypes} are. */
export interface MovingTasteTypesOptions {
  readonly users: number;
  /** Default 3, of which {@link SessionPlanner} finds the optimum. */
  readonly topics?: number;
  /** Where they differ from {@link defaultTasteDynamics}. */
  readonly dynamics?: Partial<TasteDynamics>;
  readonly random: Random;
}

/**
 * A small world whose optimum can be computed: each topic has two types of items, one nourishing and
 * one clickbait, which may be shown again and again.
 *
 * Item 2 z is topic z's nourishing type and item 2 z + 1 its clickbait. Tastes are N(0, 0.6²).
 *
 * @throws RangeError where a count is not a positive integer, or the dynamics are out of range.
 */
export function movingTasteTypes({
  users,
  topics = 3,
  dynamics = {},
  random,
}: MovingTasteTypesOptions): MovingTasteWorld {
  assertPositiveIntegers({ users, topics });
  return new MovingTasteWorld({
    topicCount: topics,
    tastes: new Float64Array(users * topics).map(() => spreadOfTaste * random.normal()),
    topics: Array.from({ length: 2 * topics }, (_, item) => item >> 1),
    bait: Array.from({ length: 2 * topics }, (_, item) => item & 1),
    quality: new Float64Array(2 * topics),
    repeats: true,
    dynamics,
  });
}

/** How large a {@link movingTasteCatalogue} is. */
export interface MovingTasteCatalogueOptions {
  readonly users: number;
  /** Default 500. */
  readonly items?: number;
  /** Default 6. */
  readonly topics?: number;
  /** Where they differ from {@link defaultTasteDynamics} (the base is 3.1 here). */
  readonly dynamics?: Partial<TasteDynamics>;
  readonly random: Random;
}

/**
 * A catalogue of single items, none of which is shown twice in a session.
 *
 * Topics are uniform. Half of the items are near nourishing and half near clickbait: their distance
 * from 0 or 1 is Beta(1, 6). Quality is N(0, 0.15²). Tastes are N(−0.15, 0.6²) around a base of 3.1:
 * lower than in {@link movingTasteTypes}, because among more items there is more for everybody.
 *
 * @throws RangeError where a count is not a positive integer, or the dynamics are out of range.
 */
export function movingTasteCatalogue({
  users,
  items = 500,
  topics = 6,
  dynamics = {},
  random,
}: MovingTasteCatalogueOptions): MovingTasteWorld {
  assertPositiveIntegers({ users, items, topics });
  const [ofUsers, ofItems] = [random.fork('tastes'), random.fork('items')];
  return new MovingTasteWorld({
    topicCount: topics,
    tastes: new Float64Array(users * topics).map(() => -0.15 + spreadOfTaste * ofUsers.normal()),
    topics: new Int32Array(items).map(() => ofItems.integer(topics)),
    bait: new Float64Array(items).map(() => Math.abs(ofItems.integer(2) - beta16(ofItems))),
    quality: new Float64Array(items).map(() => spreadOfQuality * ofItems.normal()),
    dynamics: { base: 3.1, ...dynamics },
  });
}

/** A number from the distribution Beta(1, 6), whose cumulative distribution is 1 − (1 − x)⁶. */
function beta16(random: Random): number {
  return 1 - (1 - random.uniform()) ** (1 / 6);
}
