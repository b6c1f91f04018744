import { box, discrete, timeLimit, type Environment } from '@rl-recsys/environment';
import { Random, savedNumber, savedRecord, type SavedState } from '@rl-recsys/random';

const GRAVITY = 9.8;
const CART_MASS = 1;
const POLE_MASS = 0.1;
const MASS = CART_MASS + POLE_MASS;
const HALF_LENGTH = 0.5;
const FORCE = 10;
const TIME_STEP = 0.02;
const START_BOUND = 0.05;
const POSITION_BOUND = 2.4;
const ANGLE_BOUND = (12 * Math.PI) / 180;
const EPISODE_LENGTH = 500;

/** What {@link cartPole} draws from. */
export interface CartPoleOptions {
  /** Draws where an episode starts until a seed is given to `reset`. */
  readonly random: Random;
}

/** Where the cart and its pole are, and how fast they move. */
export interface CartPoleState {
  /** x of the cart in metres: 0 is the middle of the track. */
  readonly position: number;
  /** ẋ in metres per second: positive to the right. */
  readonly velocity: number;
  /** θ of the pole in radians: 0 is upright, positive leans to the right. */
  readonly angle: number;
  /** θ̇ in radians per second. */
  readonly angularVelocity: number;
}

/**
 * CartPole-v1: keep a pole upright that stands on a cart, by pushing the cart to the left or right.
 *
 * The agent sees `[x, ẋ, θ, θ̇]` (float32 `[4]`), answers with 0 (push to the left) or 1 (to the
 * right), moves as {@link push} says, and earns 1 for each step, the last one too. `reset` draws all
 * four from U(−0.05, 0.05). An episode terminates where {@link isLost}; {@link cartPoleV1} also cuts it off.
 *
 * `step` throws where no episode is running and where the action is neither, and then changes nothing.
 */
export function cartPole({ random }: CartPoleOptions): Environment<Float32Array, number> {
  let stream = random;
  let state: CartPoleState | undefined;
  return {
    // Twice the bounds, so that the last observation lies inside too.
    observationSpace: box({
      low: [-2 * POSITION_BOUND, -Infinity, -2 * ANGLE_BOUND, -Infinity],
      high: [2 * POSITION_BOUND, Infinity, 2 * ANGLE_BOUND, Infinity],
      length: 4,
    }),
    actionSpace: discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('cart-pole');
      const draw = () => (2 * stream.uniform() - 1) * START_BOUND;
      state = { position: draw(), velocity: draw(), angle: draw(), angularVelocity: draw() };
      return { observation: observe(state), info: {} };
    },
    step(action) {
      if (state === undefined || isLost(state)) {
        throw new Error('action: expected a call of reset before it, no episode is running');
      }
      if (action !== 0 && action !== 1) {
        throw new RangeError(`action: expected 0 (left) or 1 (right), got ${String(action)}`);
      }
      state = push(state, action);
      return {
        observation: observe(state),
        reward: 1,
        terminated: isLost(state),
        truncated: false,
        info: {},
      };
    },
    state: () => ({ random: stream.state(), state: state ? { ...state } : null }),
    restore(saved) {
      const { random: place, state: moving } = savedRecord(saved, 'state', ['random', 'state']);
      const restored = moving === null ? undefined : stateFrom(moving);
      stream = Random.fromState(place);
      state = restored;
    },
  };
}

function stateFrom(saved: SavedState): CartPoleState {
  const names = ['position', 'velocity', 'angle', 'angularVelocity'] as const;
  const { position, velocity, angle, angularVelocity } = savedRecord(saved, 'state', names);
  return {
    position: savedNumber(position, 'position'),
    velocity: savedNumber(velocity, 'velocity'),
    angle: savedNumber(angle, 'angle'),
    angularVelocity: savedNumber(angularVelocity, 'angularVelocity'),
  };
}

/** {@link cartPole} as it is compared in papers: truncated after 500 steps. */
export function cartPoleV1(options: CartPoleOptions): Environment<Float32Array, number> {
  return timeLimit(cartPole(options), EPISODE_LENGTH);
}

/**
 * One step of 0.02 s: where cart and pole are after a push of 10 N to the left (0) or to the right (1).
 *
 * The equations are those of Gymnasium's CartPole-v1, without friction; with the force F, the pole's
 * mass m and half length l, and the mass M of cart and pole together:
 *
 * - a = (F + m l θ̇² sin θ) / M, the cart's acceleration if the pole did not turn faster or slower;
 * - θ̈ = (g sin θ − a cos θ) / (l (4/3 − m cos² θ / M));
 * - ẍ = a − m l θ̈ cos θ / M;
 * - x, ẋ, θ and θ̇ all move on by what their rates were before the step (Euler's explicit method).
 */
export function push(state: CartPoleState, action: 0 | 1): CartPoleState {
  const { position, velocity, angle, angularVelocity } = state;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const moment = POLE_MASS * HALF_LENGTH;
  const force = action === 1 ? FORCE : -FORCE;
  const unturned = (force + moment * angularVelocity ** 2 * sine) / MASS;
  const angularAcceleration =
    (GRAVITY * sine - unturned * cosine) / (HALF_LENGTH * (4 / 3 - (POLE_MASS * cosine ** 2) / MASS));
  const acceleration = unturned - (moment * angularAcceleration * cosine) / MASS;
  return {
    position: position + velocity * TIME_STEP,
    velocity: velocity + acceleration * TIME_STEP,
    angle: angle + angularVelocity * TIME_STEP,
    angularVelocity: angularVelocity + angularAcceleration * TIME_STEP,
  };
}

/** Whether the cart left the track, |x| > 2.4 m, or the pole leans by more than 12°. */
export function isLost({ position, angle }: CartPoleState): boolean {
  return Math.abs(position) > POSITION_BOUND || Math.abs(angle) > ANGLE_BOUND;
}

function observe({ position, velocity, angle, angularVelocity }: CartPoleState): Float32Array {
  return Float32Array.of(position, velocity, angle, angularVelocity);
}
