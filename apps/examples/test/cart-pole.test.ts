import { describe, expect, test } from '@jest/globals';
import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { cartPole, cartPoleV1, isLost, push, type CartPoleState } from '../src/cart-pole.js';
import makeCartPoleV1 from '../src/cart-pole-v1.js';

type CartPole = Environment<Float32Array, number>;
type Policy = (observation: Float32Array) => number;

const make = (seed = 1) => cartPole({ random: Random.fromSeed(seed) });

// After a promise, so that a throw and a rejection read the same.
const attempt = (call: () => unknown) => Promise.resolve().then(call);

const stateOf = ([position, velocity, angle, angularVelocity]: ArrayLike<number> & Iterable<number>) =>
  ({ position, velocity, angle, angularVelocity }) as CartPoleState;
const numbersOf = ({ position, velocity, angle, angularVelocity }: CartPoleState) => [
  position,
  velocity,
  angle,
  angularVelocity,
];

/** Keeps the pole at an angle; the cart goes the way in which the pole leans. */
const lean =
  (target: number): Policy =>
  ([, , angle, angularVelocity]) =>
    angle! + 0.25 * angularVelocity! > target ? 1 : 0;
/** Keeps the pole upright and the cart in the middle. */
const balance: Policy = ([position, velocity, angle, angularVelocity]) =>
  0.1 * position! + 0.2 * velocity! + angle! + 0.25 * angularVelocity! > 0 ? 1 : 0;

/** Everything that is seen in one episode of the given actions. */
async function play(environment: CartPole, actions: number[], seed?: number) {
  const seen: unknown[] = [await environment.reset(seed === undefined ? {} : { seed })];
  for (const action of actions) seen.push(await environment.step(action));
  return seen;
}

/** One whole episode of a policy: what its steps returned. */
async function finish(environment: CartPole, policy: Policy, seed?: number) {
  let { observation } = await environment.reset(seed === undefined ? {} : { seed });
  const steps = [];
  while (steps.length < 1000) {
    const result = await environment.step(policy(observation));
    steps.push(result);
    if (result.terminated || result.truncated) return steps;
    observation = result.observation;
  }
  throw new Error('the episode goes on after 1000 steps');
}

describe('push', () => {
  test('follows Gymnasium 1.3 from x = 0.03, ẋ = −0.4, θ = 0.05, θ̇ = 0.6 for six steps', () => {
    const steps: [0 | 1, number[]][] = [
      [1, [0.022, -0.20561190294302184, 0.062, 0.323476131935571]],
      [0, [0.01788776194113956, -0.4015593795713424, 0.06846952263871142, 0.6350489354136765]],
      [0, [0.009856574349712712, -0.5975661683022433, 0.08117050134698495, 0.9484845315537005]],
      [1, [-0.0020947490163321543, -0.4036253437555214, 0.10014019197805896, 0.6823690554911993]],
      [1, [-0.010167255891442583, -0.210026133872779, 0.11378757308788294, 0.42281712710203156]],
      [1, [-0.014367778568898162, -0.016684590033684915, 0.12224391562992357, 0.16806167253225235]],
    ];
    let state = stateOf([0.03, -0.4, 0.05, 0.6]);
    for (const [action, expected] of steps) {
      state = push(state, action);
      expect(numbersOf(state)).toEqual(closeTo(expected, 12));
    }
  });

  test('follows it where the pole leans far and turns fast', () => {
    const next = push(stateOf([-1.5, 2, -0.2, -1.7]), 0);
    expect(numbersOf(next)).toEqual(closeTo([-1.46, 1.8076657762600177, -0.234, -1.4756582665598539], 12));
  });
});

describe('isLost', () => {
  const angle = (12 * 2 * Math.PI) / 360;

  test.each([1, -1])('is past 2.4 m or 12°, not at them, on side %d', (side) => {
    expect(isLost(stateOf([side * 2.4, 9, side * angle, 9]))).toBe(false);
    expect(isLost(stateOf([side * (2.4 + 1e-12), 0, 0, 0]))).toBe(true);
    expect(isLost(stateOf([0, 0, side * (angle + 1e-12), 0]))).toBe(true);
  });
});

describe('an episode', () => {
  test('follows push, and each step earns 1', async () => {
    const environment = make();
    let state = stateOf((await environment.reset({ seed: 3 })).observation);
    for (const action of [1, 1, 0, 1, 0, 0] as const) {
      state = push(state, action);
      const { observation, ...rest } = await environment.step(action);
      expect([...observation]).toEqual(closeTo(numbersOf(state), 6));
      expect(rest).toEqual({ reward: 1, terminated: false, truncated: false, info: {} });
    }
  });

  test('starts with all four numbers from U(−0.05, 0.05)', async () => {
    const environment = make();
    const starts: Float32Array[] = [];
    for (let episode = 0; episode < 4000; episode++) starts.push((await environment.reset()).observation);
    for (let index = 0; index < 4; index++) {
      const numbers = starts.map((start) => start[index]!);
      expect(Math.max(...numbers.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.05));
      for (const bound of [-0.04, -0.02, 0, 0.02, 0.04]) {
        const share = numbers.filter((number) => number < bound).length / 4000;
        expect(Math.abs(share - (bound + 0.05) / 0.1)).toBeLessThan(0.03);
      }
    }
    const products = starts.map(([x, v, angle]) => x! * v! + v! * angle!);
    const correlation = products.reduce((sum, product) => sum + product, 0) / (4000 * (0.1 ** 2 / 12));
    expect(Math.abs(correlation)).toBeLessThan(0.1); // drawn one by one
  });

  test.each([
    ['the cart leaves the track on the right', lean(0.1), 0, 2.4],
    ['the cart leaves the track on the left', lean(-0.1), 0, -2.4],
    ['the pole falls to the left', () => 1, 2, (-12 * Math.PI) / 180],
    ['the pole falls to the right', () => 0, 2, (12 * Math.PI) / 180],
  ] as const)('terminates where %s', async (_, policy, index, bound) => {
    const environment = make();
    const steps = await finish(environment, policy, 1);
    const path = steps.map(({ observation }) => observation[index]! * Math.sign(bound));
    expect(path.pop()).toBeGreaterThan(Math.abs(bound));
    expect(Math.max(...path)).toBeLessThanOrEqual(Math.abs(bound));
    expect(steps.at(-1)).toMatchObject({ reward: 1, terminated: true, truncated: false });
    expect(steps.every(({ observation }) => environment.observationSpace.contains(observation))).toBe(true);
    await expect(attempt(() => environment.step(0))).rejects.toThrow('no episode is running');
  });

  test('lasts as long as in Gymnasium where it is pushed at random', async () => {
    const environment = make();
    const random = Random.fromSeed(2);
    let steps = 0;
    for (let episode = 0; episode < 2000; episode++) {
      steps += (await finish(environment, () => random.integer(2))).length;
    }
    expect(Math.abs(steps / 2000 - 22.1)).toBeLessThan(1); // 4 standard errors of both means
  });

  test('hands out observations that it neither writes to nor reads again', async () => {
    const environment = make();
    const { observation } = await environment.reset({ seed: 1 });
    observation.fill(5);
    const result = await environment.step(1);
    expect(observation).toEqual(Float32Array.of(5, 5, 5, 5));
    const [, expected] = await play(make(), [1], 1);
    expect(result).toEqual(expected);
  });
});

describe('cartPoleV1', () => {
  test('is the cart with its pole, cut off after 500 steps', async () => {
    const steps = await finish(cartPoleV1({ random: Random.fromSeed(1) }), balance, 5);
    expect(steps).toHaveLength(500);
    expect(steps.at(-1)).toMatchObject({ reward: 1, terminated: false, truncated: true });
    const endless = make();
    let { observation } = await endless.reset({ seed: 5 });
    for (const step of steps) {
      const result = await endless.step(balance(observation));
      expect(result).toEqual({ ...step, truncated: false });
      observation = result.observation;
    }
  });

  test('its file makes one, a new one each time', async () => {
    const [one, other] = [makeCartPoleV1(), makeCartPoleV1()];
    expect(await play(one, [1, 0], 5)).toEqual(await play(make(), [1, 0], 5));
    expect(await finish(one, balance)).toHaveLength(500);
    await expect(attempt(() => other.step(0))).rejects.toThrow('no episode is running');
  });
});

describe('seeds', () => {
  const actions = [1, 0, 1];

  test('the seed of reset decides alone, and later resets go on from it', async () => {
    const [one, other] = [make(1), make(2)];
    expect(await play(one, actions, 7)).toEqual(await play(other, actions, 7));
    expect(await play(one, actions)).toEqual(await play(other, actions));
    expect(await play(one, actions, 7)).not.toEqual(await play(other, actions, 8));
  });

  test('without one the stream that was given decides, and episodes differ', async () => {
    const [one, same, other] = [make(1), make(1), make(2)];
    const first = await play(one, actions);
    expect(await play(same, actions)).toEqual(first);
    expect(await play(other, actions)).not.toEqual(first);
    expect(await play(one, actions)).not.toEqual(first);
  });
});

describe('bad calls', () => {
  test('step needs a reset', async () => {
    await expect(attempt(() => make().step(0))).rejects.toThrow(
      'action: expected a call of reset before it, no episode is running',
    );
  });

  test('an action that is neither 0 nor 1 is named and changes nothing', async () => {
    const environment = make();
    await environment.reset({ seed: 7 });
    for (const bad of [2, -1, 0.5, NaN, '1', undefined]) {
      await expect(attempt(() => environment.step(bad as number))).rejects.toThrow(
        new RangeError(`action: expected 0 (left) or 1 (right), got ${bad}`),
      );
    }
    const [, expected] = await play(make(), [1], 7);
    expect(await environment.step(1)).toEqual(expected);
  });

  test('a bad seed is named and changes nothing', async () => {
    const environment = make();
    await environment.reset({ seed: 7 });
    await expect(attempt(() => environment.reset({ seed: 0.5 }))).rejects.toThrow('seed: expected');
    const [, expected] = await play(make(), [1], 7);
    expect(await environment.step(1)).toEqual(expected);
  });
});
