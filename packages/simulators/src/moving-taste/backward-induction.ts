import { lowerPoint, type SatiationGrid } from './satiation-grid.js';
import type { MovingTasteWorld } from './world.js';

/**
 * V of `user`, `[T + 1, size, moodSteps]`: what is still to be earned from each state of the grid after so
 * many items, under the best choices.
 *
 * V_t(S, m) = maxᵢ E[rᵢ] + (1 − p) V_{t+1}(S′, m′), from V_T = 0 backwards. S′ depends on the item's topic
 * alone, so that V_{t+1} is interpolated over satiation once for each topic, and over mood for each item.
 */
export function planSessions(
  world: MovingTasteWorld,
  grid: SatiationGrid,
  moodSteps: number,
  user: number,
): Float32Array {
  const states = grid.size * moodSteps;
  const topics = Array.from({ length: world.topicCount }, (_, topic) => ({
    corners: satiationAfter(world, grid, topic),
    later: new Float64Array(states),
  }));
  const items = Array.from({ length: world.itemCount }, (_, item) => ({
    steps: stepsWith(world, grid, moodSteps, user, item),
    later: topics[world.topics[item]!]!.later,
  }));
  const { sessionLength } = world.dynamics;
  const values = new Float32Array((sessionLength + 1) * states);
  for (let time = sessionLength - 1; time >= 0; time--) {
    const next = values.subarray((time + 1) * states, (time + 2) * states);
    const now = values.subarray(time * states, (time + 1) * states).fill(-Infinity);
    for (const { corners, later } of topics) interpolate(next, corners, moodSteps, later);
    for (const { steps, later } of items) improve(now, steps, later);
  }
  return values;
}

/** Which points surround the satiation after each point, `[size, corners]`. */
interface Corners {
  readonly points: Int32Array;
  readonly weights: Float64Array;
}

function satiationAfter(world: MovingTasteWorld, grid: SatiationGrid, topic: number): Corners {
  const points = new Int32Array(grid.size * grid.corners);
  const weights = new Float64Array(grid.size * grid.corners);
  const satiation = new Float64Array(world.topicCount);
  for (let point = 0; point < grid.size; point++) {
    grid.locate(point, satiation);
    for (let each = 0; each < satiation.length; each++) satiation[each]! *= world.dynamics.satiationKept;
    satiation[topic]! += 1;
    grid.surround(satiation, points, weights, point * grid.corners);
  }
  return { points, weights };
}

/** Writes the values at the satiation after an item, for each mood: `[size, moodSteps]`. */
function interpolate(
  values: Float32Array,
  { points, weights }: Corners,
  moodSteps: number,
  target: Float64Array,
): void {
  const corners = (points.length * moodSteps) / target.length;
  target.fill(0);
  for (let corner = 0; corner < points.length; corner++) {
    const weight = weights[corner]!;
    if (weight === 0) continue;
    const from = points[corner]! * moodSteps;
    const to = Math.floor(corner / corners) * moodSteps;
    for (let mood = 0; mood < moodSteps; mood++) target[to + mood]! += weight * values[from + mood]!;
  }
}

/** One item at each state of the grid, `[size, moodSteps]`. */
interface ItemSteps {
  readonly reward: Float64Array;
  /** The probability that the user stays. */
  readonly stay: Float64Array;
  /** The state whose mood is just below the mood after the item, at the satiation before it. */
  readonly below: Int32Array;
  /** How far the mood after the item lies from there to the next point, from 0 to 1. */
  readonly share: Float64Array;
}

function stepsWith(
  world: MovingTasteWorld,
  grid: SatiationGrid,
  moodSteps: number,
  user: number,
  item: number,
): ItemSteps {
  const states = grid.size * moodSteps;
  const reward = new Float64Array(states);
  const stay = new Float64Array(states);
  const below = new Int32Array(states);
  const share = new Float64Array(states);
  const state = world.initialState(user);
  const next = world.initialState(user);
  for (let point = 0, at = 0; point < grid.size; point++) {
    grid.locate(point, state.satiation);
    for (let mood = 0; mood < moodSteps; mood++, at++) {
      state.mood = (2 * mood) / (moodSteps - 1) - 1;
      world.transition(state, item, next);
      const place = ((next.mood + 1) / 2) * (moodSteps - 1);
      const lower = lowerPoint(place, moodSteps);
      reward[at] = world.expectedReward(state, item);
      stay[at] = 1 - world.leavingProbability(next);
      below[at] = point * moodSteps + lower;
      share[at] = place - lower;
    }
  }
  return { reward, stay, below, share };
}

/** V ← max(V, E[r] + (1 − p) V′) for one item. */
function improve(values: Float32Array, { reward, stay, below, share }: ItemSteps, later: Float64Array): void {
  for (let at = 0; at < values.length; at++) {
    const from = below[at]!;
    const ahead = later[from]! + share[at]! * (later[from + 1]! - later[from]!);
    const value = reward[at]! + stay[at]! * ahead;
    if (value > values[at]!) values[at] = value;
  }
}
