import type { Dataset } from '@rl-recsys/datasets';
import { Random } from '@rl-recsys/random';
import { IdMap } from '@rl-recsys/rating-log';
import { movingTasteCatalogue, movingTasteLog, type MovingTasteWorld } from '@rl-recsys/simulators';

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

/** The world of a seed: users whose taste moves within a session. */
export function simulatedWorld(seed: number): SimulatedWorld {
  const { users, items } = size;
  const world = movingTasteCatalogue({ users, items, random: randomOf(seed).fork('world') });
  const all = Array.from({ length: users }, (_, user) => user);
  return { world, trained: all.slice(MEASURED), measured: all.slice(0, MEASURED) };
}

/** The log that another recommender has left in that world; ids say what they are. */
export function simulatedLog(seed: number): Dataset {
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
