import { Random } from '@rl-recsys/random';
import { IdMap, type RatingLog } from '@rl-recsys/rating-log';
import { movingTasteCatalogue } from './draw-world.js';
import { movingTasteLog } from './log.js';
import type { MovingTasteWorld } from './world.js';

/** Enough ratings an item, about 700, for what it leaves behind to show in the log. */
const size = { users: 4000, items: 500, sessionsPerUser: 10 };

/** Sessions are measured with the first hundred users and trained with all others. */
const MEASURED = 100;

/** A world to learn in without a download. */
export interface SimulatedWorld {
  readonly world: MovingTasteWorld;
  /** Users who are trained on. */
  readonly trained: readonly number[];
  /** Users who are not, for measuring. */
  readonly measured: readonly number[];
}

/** A log and what its users and items are called: a `Dataset` of `@rl-recsys/datasets`. */
export interface SimulatedLog {
  readonly name: string;
  readonly log: RatingLog;
  /** `user-1` and so on. */
  readonly users: IdMap;
  /** `item-1` and so on. */
  readonly items: IdMap;
  /** Nothing has a title. */
  readonly titles: ReadonlyMap<number, string>;
  /** Each item's topic. */
  readonly categories: ReadonlyMap<number, readonly string[]>;
  /** How many ratings were superseded by a later one: none. */
  readonly replaced: number;
}

/**
 * The world of a seed: a catalogue of 500 items and 4000 users whose taste moves within a session, 100 of whom are
 * set apart for measuring.
 */
export function simulatedWorld(seed: number): SimulatedWorld {
  const { users, items } = size;
  const world = movingTasteCatalogue({ users, items, random: randomOf(seed).fork('world') });
  const all = Array.from({ length: users }, (_, user) => user);
  return { world, trained: all.slice(MEASURED), measured: all.slice(0, MEASURED) };
}

/** The log of about 330,000 ratings that another recommender has left in the world of a seed; ids say what they are. */
export function simulatedLog(seed: number): SimulatedLog {
  const { world } = simulatedWorld(seed);
  const { sessionsPerUser } = size;
  const idsOf = (kind: string, count: number) =>
    new IdMap(Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`));
  return {
    name: 'moving-taste',
    log: movingTasteLog({ world, sessionsPerUser, random: randomOf(seed).fork('log') }),
    users: idsOf('user', world.userCount),
    items: idsOf('item', world.itemCount),
    titles: new Map(),
    categories: new Map(Array.from(world.topics, (topic, item) => [item, [`topic ${topic + 1}`]])),
    replaced: 0,
  };
}

function randomOf(seed: number): Random {
  return Random.fromSeed(seed).fork('moving taste');
}
