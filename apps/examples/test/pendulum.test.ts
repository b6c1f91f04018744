import { describe, expect, test } from '@jest/globals';
import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { pendulum, pendulumV1, swing } from '../src/pendulum.js';
import makePendulumV1 from '../src/pendulum-v1.js';

type Pendulum = Environment<Float32Array, Float32Array>;

const make = (seed = 1) => pendulum({ random: Random.fromSeed(seed) });

// After a promise, so that a throw and a rejection read the same.
const attempt = (call: () => unknown) => Promise.resolve().then(call);

/** Everything that is seen in one episode of the given torques. */
async function play(environment: Pendulum, torques: number[], seed?: number) {
  const seen: unknown[] = [await environment.reset(seed === undefined ? {} : { seed })];
  for (const torque of torques) seen.push(await environment.step(Float32Array.of(torque)));
  return seen;
}

describe('swing', () => {
  test('follows Gymnasium 1.3 from θ = 3, θ̇ = 0.5 for six steps', () => {
    const steps = [
      { torque: 5, angle: 3.0452920003022452, speed: 0.9058400060449003, reward: -9.029 },
      { torque: 2, angle: 3.109189695974628, speed: 1.2779539134476519, reward: -9.359857978759992 },
      { torque: -0.5, angle: 3.170552289934122, speed: 1.2272518791898752, reward: -9.830627186044415 },
      { torque: -9, angle: 3.2158290493199893, speed: 0.9055351877173479, reward: -9.84309901754411 },
      { torque: 1.25, angle: 3.267699500161032, speed: 1.0374090168208516, reward: -9.49223631024986 },
      { torque: 2, angle: 3.329853468475442, speed: 1.2430793662881978, reward: -9.20477639914846 },
    ];
    let state = { angle: 3, speed: 0.5 };
    for (const { torque, angle, speed, reward } of steps) {
      const result = swing(state, torque);
      expect(result.reward).toBeCloseTo(reward, 12);
      expect(result.next.angle).toBeCloseTo(angle, 12);
      expect(result.next.speed).toBeCloseTo(speed, 12);
      state = result.next;
    }
  });

  test('clips the speed to 8, and turns by the clipped speed', () => {
    expect(swing({ angle: 1.5, speed: 7.9 }, 2).next).toEqual({ angle: 1.5 + 8 * 0.05, speed: 8 });
    expect(swing({ angle: -1.5, speed: -7.95 }, 0).next).toEqual({ angle: -1.5 - 8 * 0.05, speed: -8 });
  });

  test('clips the torque to 2, in the motion and in the cost', () => {
    const state = { angle: 1, speed: 1 };
    expect(swing(state, 50)).toEqual(swing(state, 2));
    expect(swing(state, -Infinity)).toEqual(swing(state, -2));
    expect(swing(state, 2)).not.toEqual(swing(state, 1.9));
    expect(swing({ angle: 0, speed: 0 }, 3).reward).toBeCloseTo(-0.004, 12);
  });

  test.each([
    ['just past the lowest point', Math.PI + 0.1, -Math.PI + 0.1],
    ['just before it, the other way round', -Math.PI - 0.1, Math.PI - 0.1],
    ['after one turn', 2 * Math.PI + 0.3, 0.3],
    ['after one turn backwards', -2 * Math.PI - 0.3, -0.3],
    ['after four turns and most of a half', 9 * Math.PI - 0.2, Math.PI - 0.2],
    ['after minus one turn and a bit more than a half', -3 * Math.PI - 0.5, Math.PI - 0.5],
  ])('the cost of an angle %s is that of the wrapped one', (_, angle, wrapped) => {
    expect(swing({ angle, speed: 0 }, 0).reward).toBeCloseTo(-(wrapped ** 2), 10);
  });

  test('earns for the state before the step: 0 upright and still, −16.2736044 at worst', () => {
    expect(swing({ angle: 0, speed: 0 }, 0).reward).toBeCloseTo(0, 12);
    expect(swing({ angle: Math.PI, speed: -8 }, 2).reward).toBeCloseTo(-16.2736044, 7);
  });
});

describe('an episode', () => {
  test('follows the equations', async () => {
    const environment = make();
    const [cosine, sine, start] = (await environment.reset({ seed: 3 })).observation;
    let angle = Math.atan2(sine!, cosine!);
    let speed = start!;
    for (const torque of [1, -2, 0.5, 7, -0.25]) {
      const { observation, reward, terminated, truncated } = await environment.step(Float32Array.of(torque));
      const applied = Math.min(torque, 2);
      const wrapped = Math.atan2(Math.sin(angle), Math.cos(angle));
      expect(reward).toBeCloseTo(-(wrapped ** 2 + speed ** 2 / 10 + applied ** 2 / 1000), 4);
      speed += 0.75 * Math.sin(angle) + 0.15 * applied;
      angle += speed / 20;
      expect([...observation]).toEqual(closeTo([Math.cos(angle), Math.sin(angle), speed], 5));
      expect([terminated, truncated]).toEqual([false, false]);
    }
  });

  test('starts anywhere, at a speed from −1 to 1', async () => {
    const environment = make();
    const quarters = new Array<number>(4).fill(0);
    const speeds: number[] = [];
    for (let episode = 0; episode < 4000; episode++) {
      const [cosine, sine, speed] = (await environment.reset()).observation;
      quarters[Math.floor(((Math.atan2(sine!, cosine!) + Math.PI) / (2 * Math.PI)) * 4)]! += 1;
      speeds.push(speed!);
    }
    for (const count of quarters) expect(Math.abs(count - 1000)).toBeLessThan(120);
    expect(speeds.every((speed) => speed >= -1 && speed <= 1)).toBe(true);
    for (const bound of [-0.5, 0, 0.5]) {
      const share = speeds.filter((speed) => speed < bound).length / 4000;
      expect(Math.abs(share - (bound + 1) / 2)).toBeLessThan(0.03);
    }
  });

  test('stays in its spaces and its rewards in theirs, pushed at random or all one way', async () => {
    const environment = make();
    const random = Random.fromSeed(2);
    const policies = [() => environment.actionSpace.sample(random), () => Float32Array.of(2)];
    let fastest = 0;
    for (const policy of policies) {
      for (let seed = 0; seed < 20; seed++) {
        await environment.reset({ seed });
        for (let step = 0; step < 200; step++) {
          const { observation, reward, terminated } = await environment.step(policy());
          expect(environment.observationSpace.contains(observation)).toBe(true);
          expect(reward).toBeLessThanOrEqual(0);
          expect(reward).toBeGreaterThanOrEqual(-16.2736044 - 1e-6);
          expect(terminated).toBe(false);
          fastest = Math.max(fastest, Math.abs(observation[2]!));
        }
      }
    }
    expect(fastest).toBeGreaterThan(5); // it did swing
  });

  test('hands out observations that it never writes to, and leaves actions alone', async () => {
    const environment = make();
    const { observation } = await environment.reset({ seed: 1 });
    const copy = observation.slice();
    const action = Float32Array.of(3);
    observation[2] = 5; // nor does it read them again
    const result = await environment.step(action);
    expect(action).toEqual(Float32Array.of(3));
    expect([observation[0], observation[1], observation[2]]).toEqual([copy[0], copy[1], 5]);
    const other = make();
    await other.reset({ seed: 1 });
    expect(await other.step(Float32Array.of(3))).toEqual(result);
  });
});

describe('pendulumV1', () => {
  test('is the pendulum, cut off after 200 steps', async () => {
    const torques = Array.from({ length: 200 }, (_, step) => Math.sin(step));
    const limited = await play(pendulumV1({ random: Random.fromSeed(1) }), torques, 5);
    const endless = await play(make(), torques, 5);
    expect(limited.slice(0, -1)).toEqual(endless.slice(0, -1));
    expect(limited.at(-1)).toEqual({ ...(endless.at(-1) as object), truncated: true });
  });

  test('its file makes one, a new one each time', async () => {
    const [one, other] = [makePendulumV1(), makePendulumV1()];
    expect(await play(one, [1, 2], 5)).toEqual(await play(make(), [1, 2], 5));
    await expect(attempt(() => other.step(Float32Array.of(0)))).rejects.toThrow('no episode is running');
  });
});

describe('seeds', () => {
  const torques = [1, -1, 2];

  test('the seed of reset decides alone, and later resets go on from it', async () => {
    const [one, other] = [make(1), make(2)];
    expect(await play(one, torques, 7)).toEqual(await play(other, torques, 7));
    expect(await play(one, torques)).toEqual(await play(other, torques));
    expect(await play(one, torques, 7)).not.toEqual(await play(other, torques, 8));
  });

  test('without one the stream that was given decides, and episodes differ', async () => {
    const [one, same, other] = [make(1), make(1), make(2)];
    const first = await play(one, torques);
    expect(await play(same, torques)).toEqual(first);
    expect(await play(other, torques)).not.toEqual(first);
    expect(await play(one, torques)).not.toEqual(first);
  });
});

describe('bad calls', () => {
  test('step needs a reset', async () => {
    await expect(attempt(() => make().step(Float32Array.of(0)))).rejects.toThrow(
      'action: expected a call of reset before it, no episode is running',
    );
  });

  test('an action that is no torque is named and changes nothing', async () => {
    const environment = make();
    await environment.reset({ seed: 7 });
    for (const [bad, told] of [
      [Float32Array.of(), 'Float32Array []'],
      [Float32Array.of(1, 2), 'Float32Array [1, 2]'],
      [Float32Array.of(NaN), 'Float32Array [NaN]'],
      [1, '1'],
      [undefined, 'undefined'],
    ] as const) {
      await expect(attempt(() => environment.step(bad as Float32Array))).rejects.toThrow(
        new RangeError(`action: expected a Float32Array of one torque, got ${told}`),
      );
    }
    const [, expected] = await play(make(), [1], 7);
    expect(await environment.step(Float32Array.of(1))).toEqual(expected);
  });

  test('a bad seed is named and changes nothing', async () => {
    const environment = make();
    await environment.reset({ seed: 7 });
    await expect(attempt(() => environment.reset({ seed: 0.5 }))).rejects.toThrow('seed: expected');
    const [, expected] = await play(make(), [1], 7);
    expect(await environment.step(Float32Array.of(1))).toEqual(expected);
  });
});
