import { box, timeLimit, type Environment } from '@rl-recsys/environment';
import { Random, savedNumber, savedRecord } from '@rl-recsys/random';

const GRAVITY = 10;
const MASS = 1;
const LENGTH = 1;
const TIME_STEP = 0.05;
const MAX_SPEED = 8;
const MAX_TORQUE = 2;
const EPISODE_LENGTH = 200;

/** What {@link pendulum} draws from. */
export interface PendulumOptions {
  /** Draws where an episode starts until a seed is given to `reset`. */
  readonly random: Random;
}

/** Where the pendulum hangs and how fast it turns. */
export interface PendulumState {
  /** θ in radians: 0 is upright. It is not wrapped: a whole turn adds 2π. */
  readonly angle: number;
  /** θ̇ in radians per second, from −8 to 8. */
  readonly speed: number;
}

/**
 * Pendulum-v1: swing a pendulum up with a motor that is too weak to lift it at once, and balance it.
 *
 * The agent sees `[cos θ, sin θ, θ̇]` (float32 `[3]`), answers with a torque (float32 `[1]`, −2 to 2,
 * clipped beyond that), and earns what {@link swing} says, at most 0. `reset` draws θ from
 * U(−π, π) and θ̇ from U(−1, 1). An episode never terminates; {@link pendulumV1} cuts it off.
 *
 * `step` throws before the first `reset` and where the action is no torque, and then changes nothing.
 */
export function pendulum({ random }: PendulumOptions): Environment<Float32Array, Float32Array> {
  let stream = random;
  let state: PendulumState | undefined;
  return {
    observationSpace: box({ low: [-1, -1, -MAX_SPEED], high: [1, 1, MAX_SPEED], length: 3 }),
    actionSpace: box({ low: -MAX_TORQUE, high: MAX_TORQUE, length: 1 }),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('pendulum');
      state = { angle: (2 * stream.uniform() - 1) * Math.PI, speed: 2 * stream.uniform() - 1 };
      return { observation: observe(state), info: {} };
    },
    step(action) {
      if (state === undefined) {
        throw new Error('action: expected a call of reset before it, no episode is running');
      }
      const { next, reward } = swing(state, torqueOf(action));
      state = next;
      return { observation: observe(state), reward, terminated: false, truncated: false, info: {} };
    },
    state: () => ({ random: stream.state(), state: state ? { ...state } : null }),
    restore(saved) {
      const { random: place, state: hanging } = savedRecord(saved, 'state', ['random', 'state']);
      let restored: PendulumState | undefined;
      if (hanging !== null) {
        const { angle, speed } = savedRecord(hanging, 'state', ['angle', 'speed']);
        restored = { angle: savedNumber(angle, 'angle'), speed: savedNumber(speed, 'speed') };
      }
      stream = Random.fromState(place);
      state = restored;
    },
  };
}

/** {@link pendulum} as it is compared in papers: truncated after 200 steps. */
export function pendulumV1(options: PendulumOptions): Environment<Float32Array, Float32Array> {
  return timeLimit(pendulum(options), EPISODE_LENGTH);
}

/**
 * One step of 0.05 s: where the pendulum is after it, and what it earned.
 *
 * The equations are those of Gymnasium's Pendulum-v1, with the torque u clipped to ±2:
 *
 * - reward = −(φ² + 0.1 θ̇² + 0.001 u²), φ being θ wrapped to −π to π, of the state before the step;
 * - θ̇ ← θ̇ + (3g / 2l · sin θ + 3 / ml² · u) dt, clipped to ±8;
 * - θ ← θ + θ̇ dt, with the new θ̇.
 */
export function swing(
  { angle, speed }: PendulumState,
  torque: number,
): { next: PendulumState; reward: number } {
  const applied = clip(torque, MAX_TORQUE);
  const cost = wrapAngle(angle) ** 2 + 0.1 * speed ** 2 + 0.001 * applied ** 2;
  const gravity = ((3 * GRAVITY) / (2 * LENGTH)) * Math.sin(angle);
  const motor = (3 / (MASS * LENGTH ** 2)) * applied;
  const nextSpeed = clip(speed + (gravity + motor) * TIME_STEP, MAX_SPEED);
  return { next: { angle: angle + nextSpeed * TIME_STEP, speed: nextSpeed }, reward: -cost };
}

function observe({ angle, speed }: PendulumState): Float32Array {
  return Float32Array.of(Math.cos(angle), Math.sin(angle), speed);
}

function torqueOf(action: Float32Array): number {
  if (!(action instanceof Float32Array) || action.length !== 1 || Number.isNaN(action[0])) {
    throw new RangeError(`action: expected a Float32Array of one torque, got ${describe(action)}`);
  }
  return action[0]!;
}

function describe(action: unknown): string {
  return action instanceof Float32Array ? `Float32Array [${action.join(', ')}]` : String(action);
}

function clip(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}

/** The same angle from −π to π. */
function wrapAngle(angle: number): number {
  const turn = 2 * Math.PI;
  const shifted = (angle + Math.PI) % turn; // of the sign of its left side: negative angles need a turn more
  return (shifted < 0 ? shifted + turn : shifted) - Math.PI;
}
