import { copySaved, Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { gaussianNoise, ornsteinUhlenbeckNoise, type Noise } from '../src/index.js';

const random = () => Random.fromSeed(1);

function draws(noise: Noise, count: number): number[] {
  return Array.from({ length: count }, () => {
    const action = new Float32Array(1);
    noise.addTo(action);
    return action[0]!;
  });
}

const deviationOf = (values: number[]) =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
const correlationOf = (values: number[]) => {
  const pairs = values.slice(1).map((value, index) => value * values[index]!);
  return pairs.reduce((sum, x) => sum + x, 0) / pairs.length / deviationOf(values) ** 2;
};

describe('Gaussian noise', () => {
  test('has the deviation asked for and no memory', () => {
    const values = draws(gaussianNoise({ deviation: 0.3, random: random() }), 20_000);
    expect(deviationOf(values)).toBeCloseTo(0.3, 2);
    expect(Math.abs(correlationOf(values))).toBeLessThan(0.03);
  });

  test('follows a schedule of the actions taken', () => {
    const noise = gaussianNoise({ deviation: (step) => (step < 100 ? 1 : 0), random: random() });
    const values = draws(noise, 200);
    expect(values.slice(0, 100).every((value) => value !== 0)).toBe(true);
    expect(values.slice(100).every((value) => value === 0)).toBe(true);
  });

  test('is added, to each number its own', () => {
    const action = Float32Array.of(5, 5);
    gaussianNoise({ deviation: 0.1, random: random() }).addTo(action);
    expect(action[0]).not.toBe(action[1]);
    for (const value of action) expect(Math.abs(value - 5)).toBeLessThan(1);
  });
});

describe('Ornstein–Uhlenbeck noise', () => {
  test('drifts: its next value is 1 − θ dt of the last, up to new noise', () => {
    const noise = ornsteinUhlenbeckNoise({ random: random(), theta: 0.5, sigma: 0.3, timeStep: 0.1 });
    const values = draws(noise, 50_000);
    expect(correlationOf(values)).toBeCloseTo(0.95, 2);
    // Stationary variance σ² dt / (1 − (1 − θ dt)²)
    expect(deviationOf(values)).toBeCloseTo(Math.sqrt((0.09 * 0.1) / (1 - 0.95 ** 2)), 1);
  });

  test('without strength it decays as the equation says', () => {
    const noise = ornsteinUhlenbeckNoise({
      random: random(),
      theta: 1,
      sigma: (step) => (step === 0 ? 1 : 0),
      timeStep: 0.5,
    });
    const [first, second, third] = draws(noise, 3);
    expect(first).not.toBe(0);
    expect(second).toBeCloseTo(first! / 2, 6);
    expect(third).toBeCloseTo(first! / 4, 6);
  });

  test('begins every episode at 0', () => {
    const noise = ornsteinUhlenbeckNoise({ random: random(), sigma: (step) => (step < 5 ? 1 : 0) });
    draws(noise, 5);
    noise.reset();
    expect(draws(noise, 1)).toEqual([0]);
  });
});

describe('options that are out of range are refused', () => {
  test.each([NaN, -1, Infinity])('%d', (value) => {
    expect(() => gaussianNoise({ deviation: value, random: random() })).toThrow(
      `deviation: expected a finite number from 0, got ${value}`,
    );
    for (const name of ['theta', 'sigma']) {
      expect(() => ornsteinUhlenbeckNoise({ random: random(), [name]: value })).toThrow(
        `${name}: expected a finite number from 0, got ${value}`,
      );
    }
    expect(() => ornsteinUhlenbeckNoise({ random: random(), timeStep: value })).toThrow(
      `timeStep: expected a positive finite number, got ${value}`,
    );
  });

  test('a schedule, when it gives no number', () => {
    const noise = gaussianNoise({ deviation: (step) => (step === 0 ? 1 : NaN), random: random() });
    noise.addTo(new Float32Array(1));
    expect(() => noise.addTo(new Float32Array(1))).toThrow(
      'schedule: expected a finite number in round 1, got NaN',
    );
  });
});

test.each<[string, (seed: number) => Noise]>([
  [
    'Gaussian',
    (seed) => gaussianNoise({ deviation: (step) => 1 / (1 + step), random: Random.fromSeed(seed) }),
  ],
  ['Ornstein–Uhlenbeck', (seed) => ornsteinUhlenbeckNoise({ random: Random.fromSeed(seed) })],
])('%s noise that was restored goes on as it would have, to the bit', (_, make) => {
  const [one, other] = [make(1), make(2)];
  draws(one, 5);
  other.restore(copySaved(one.state()));
  const expected = draws(one, 5);
  expect(draws(other, 5)).toEqual(expected);
  expect(draws(make(1), 5)).not.toEqual(expected);
});

test.each([
  ['step', { step: -1 }],
  ['drifts', { drifts: [Float64Array.of(NaN)] }],
  ['drifts', { drifts: 'none' }],
])('a state with an impossible %s is refused, and nothing changes', (name, change) => {
  const noise = ornsteinUhlenbeckNoise({ random: random() });
  const state = noise.state();
  expect(() =>
    noise.restore({ ...(state as object), ...change, random: Random.fromSeed(9).state() }),
  ).toThrow(`state.${name}: expected`);
  expect(noise.state()).toEqual(state);
});
