import { assertPositiveIntegers } from '../positive-integers.js';
import type { MovingTasteWorld, TasteState } from './world.js';

/** How wide {@link searchSession} searches. */
export interface SearchSessionOptions {
  /** How many beginnings of sessions are kept in each range of moods (default 40). */
  readonly width?: number;
  /** How many ranges of moods there are (default 8). */
  readonly moods?: number;
}

/** A session that was found by {@link searchSession}. */
export interface PlannedSession {
  /** Its items, first one first. */
  readonly items: Int32Array;
  /** Its expected reward, exactly. */
  readonly reward: number;
}

/** A session so far. */
interface Beginning {
  readonly state: TasteState;
  /** How likely the user is still there. */
  readonly survival: number;
  readonly reward: number;
  /** How many items of each shelf were shown. */
  readonly taken: Int32Array;
  readonly item: number;
  readonly before: Beginning | undefined;
}

/** A beginning and one item more, not yet made. */
interface Extension {
  readonly from: Beginning;
  readonly shelf: number;
  readonly promise: number;
}

/**
 * Searches for the best session of a user in a large world: a beam search over sequences of items.
 *
 * Where a session leads follows from its items alone, so a fixed sequence is as good as a plan that
 * reacts. Items of one topic and about the same bait lie on one shelf, best first, and only the first one
 * left of each shelf is tried. The most promising beginnings are kept, apart for each range of moods, so
 * that those which invest in mood are not crowded out. The value is reached by a session that exists: a
 * lower bound of the optimum.
 *
 * @throws RangeError where there is no such user, or an option is no positive integer.
 */
export function searchSession(
  world: MovingTasteWorld,
  user: number,
  { width = 40, moods = 8 }: SearchSessionOptions = {},
): PlannedSession {
  assertPositiveIntegers({ width, moods });
  const start = world.initialState(user);
  const shelves = shelvesOf(world, user);
  const taken = new Int32Array(shelves.length);
  let beam: Beginning[] = [{ state: start, survival: 1, reward: 0, taken, item: -1, before: undefined }];
  const length = Math.min(world.dynamics.sessionLength, world.repeats ? Infinity : world.itemCount);
  for (let time = 0; time < length; time++) {
    const ranges = Array.from({ length: moods }, (): Extension[] => []);
    const next = world.initialState(user);
    for (const from of beam) {
      for (const [shelf, items] of shelves.entries()) {
        const item = items[world.repeats ? 0 : from.taken[shelf]!];
        if (item === undefined) continue;
        world.transition(from.state, item, next);
        const promise = promiseOf(world, from, item, next, length - time - 1);
        ranges[rangeOf(next.mood, moods)]!.push({ from, shelf, promise });
      }
    }
    beam = ranges.flatMap((range) =>
      range
        .sort((a, b) => b.promise - a.promise)
        .slice(0, width)
        .map((extension) => extend(world, shelves, extension)),
    );
  }
  const best = beam.reduce((a, b) => (b.reward > a.reward ? b : a));
  const items = new Int32Array(length);
  for (let at: Beginning = best; at.before !== undefined; at = at.before) items[at.state.shown - 1] = at.item;
  return { items, reward: best.reward };
}

/** The items by topic and quarter of bait, each group with what the user likes most for itself first. */
function shelvesOf(world: MovingTasteWorld, user: number): Int32Array[] {
  const shelves = Array.from({ length: 4 * world.topicCount }, (): number[] => []);
  for (let item = 0; item < world.itemCount; item++) {
    const quarter = Math.min(Math.floor(4 * world.bait[item]!), 3);
    shelves[4 * world.topics[item]! + quarter]!.push(item);
  }
  // Within a shelf bait hardly differs, and its appeal is not what makes a session good.
  const worth = (item: number) => world.appeal(user, item) - world.dynamics.baitAppeal * world.bait[item]!;
  return shelves
    .filter((items) => items.length > 0)
    .map((items) => Int32Array.from(items).sort((a, b) => worth(b) - worth(a) || a - b));
}

/** The mood's range, from 0: below −0.6, above 0.9, and equal ones between. */
function rangeOf(mood: number, moods: number): number {
  const place = 1 + Math.floor(((mood + 0.6) / 1.5) * (moods - 2));
  return Math.min(Math.max(place, 0), moods - 1);
}

/** The reward so far and a guess of what is to come, where the user goes on leaving as in this mood. */
function promiseOf(
  world: MovingTasteWorld,
  from: Beginning,
  item: number,
  next: TasteState,
  left: number,
): number {
  const leaving = world.leavingProbability(next);
  const itemsToCome = (1 - (1 - leaving) ** left) / Math.max(leaving, 1e-3);
  const reward = from.reward + from.survival * world.expectedReward(from.state, item);
  return reward + from.survival * (1 - leaving) * (0.3 + 0.5 * next.mood) * itemsToCome;
}

function extend(world: MovingTasteWorld, shelves: Int32Array[], { from, shelf }: Extension): Beginning {
  const item = shelves[shelf]![world.repeats ? 0 : from.taken[shelf]!]!;
  const state = world.transition(from.state, item);
  const taken = from.taken.slice();
  taken[shelf]! += 1;
  return {
    state,
    survival: from.survival * (1 - world.leavingProbability(state)),
    reward: from.reward + from.survival * world.expectedReward(from.state, item),
    taken,
    item,
    before: from,
  };
}
