import { planSessions } from './backward-induction.js';
import { lowerPoint, SatiationGrid } from './satiation-grid.js';
import type { TastePolicy } from './policies.js';
import type { MovingTasteWorld, TasteState } from './world.js';

/** How fine the grid of a {@link SessionPlanner} is. */
export interface SessionPlannerOptions {
  /** How many satiations with each topic are looked at (default 6). */
  readonly satiationSteps?: number;
  /** How many moods are looked at (default 21). */
  readonly moodSteps?: number;
}

/** A grid of more states than this would take minutes a user. */
const mostStates = 1_000_000;

/**
 * Plans whole sessions by dynamic programming: a policy close to the optimum of a small world.
 *
 * It goes backwards from the last item, on a grid over satiation and mood with multilinear interpolation
 * between its points. A user is planned for when they are first asked about; a plan takes some 10 ms
 * and is kept in 0.4 MB for three topics by default. {@link sessionValue} tells what the plan truly
 * earns; the grid's own {@link SessionPlanner.value} is a little higher, as values are mostly convex.
 */
export class SessionPlanner {
  private readonly grid: SatiationGrid;
  private readonly moodSteps: number;
  /** V of each user, `[T + 1, size, moodSteps]`. */
  private readonly values = new Map<number, Float32Array>();
  private readonly scratch: { state: TasteState; points: Int32Array; weights: Float64Array };

  /**
   * @throws RangeError where the world doesn't let items repeat, an option is no integer from 2, or the grid
   * would have more than a million states.
   */
  constructor(
    private readonly world: MovingTasteWorld,
    { satiationSteps = 6, moodSteps = 21 }: SessionPlannerOptions = {},
  ) {
    if (!world.repeats) {
      throw new RangeError(
        'world: expected one where items repeat, in others the state has too many dimensions',
      );
    }
    for (const [name, steps] of Object.entries({ satiationSteps, moodSteps })) {
      if (!Number.isSafeInteger(steps) || steps < 2) {
        throw new RangeError(`${name}: expected an integer from 2, got ${steps}`);
      }
    }
    const { topicCount, dynamics } = world;
    const states = satiationSteps ** topicCount * moodSteps;
    if (states > mostStates) {
      throw new RangeError(`satiationSteps: expected a grid of at most ${mostStates} states, got ${states}`);
    }
    this.moodSteps = moodSteps;
    this.grid = new SatiationGrid(topicCount, satiationSteps, 1 / (1 - dynamics.satiationKept));
    this.scratch = {
      state: world.initialState(0),
      points: new Int32Array(this.grid.corners),
      weights: new Float64Array(this.grid.corners),
    };
  }

  /** The item of the highest planned value. */
  readonly policy: TastePolicy = (state, candidates) => {
    const { world, scratch } = this;
    const values = this.valuesOf(state.user);
    let best = candidates[0]!;
    let highest = -Infinity;
    for (const item of candidates) {
      const next = world.transition(state, item, scratch.state);
      const later = (1 - world.leavingProbability(next)) * this.interpolate(values, next);
      const value = world.expectedReward(state, item) + later;
      if (value <= highest) continue;
      highest = value;
      best = item;
    }
    return best;
  };

  /**
   * What the grid says that a state is worth, until the end of the session.
   *
   * @throws RangeError where there is no such user, or more was shown than a session holds.
   */
  value(state: Readonly<TasteState>): number {
    const { sessionLength } = this.world.dynamics;
    if (!(state.shown <= sessionLength)) {
      throw new RangeError(`state.shown: expected at most ${sessionLength}, got ${state.shown}`);
    }
    return this.interpolate(this.valuesOf(state.user), state);
  }

  private interpolate(values: Float32Array, { satiation, mood, shown }: Readonly<TasteState>): number {
    const { grid, moodSteps, scratch } = this;
    const { points, weights } = scratch;
    grid.surround(satiation, points, weights, 0);
    const place = ((mood + 1) / 2) * (moodSteps - 1);
    const below = lowerPoint(place, moodSteps);
    const share = place - below;
    let value = 0;
    for (let corner = 0; corner < grid.corners; corner++) {
      const at = (shown * grid.size + points[corner]!) * moodSteps + below;
      value += weights[corner]! * ((1 - share) * values[at]! + share * values[at + 1]!);
    }
    return value;
  }

  private valuesOf(user: number): Float32Array {
    let values = this.values.get(user);
    if (values === undefined) {
      values = planSessions(this.world, this.grid, this.moodSteps, user);
      this.values.set(user, values);
    }
    return values;
  }
}
