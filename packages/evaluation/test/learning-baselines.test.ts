import { describe, expect, test } from '@jest/globals';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { RidgeRegression } from '../src/baselines/ridge-regression.js';
import {
  epsilonGreedy,
  evaluateSessions,
  linearUcbPolicy,
  onlineFactorizationPolicy,
  type Policy,
  scoredBy,
} from '../src/index.js';
import { logOf } from './logs.js';
import { toyEnvironment } from './toy-environment.js';

const items = { rows: 3, size: 2, vectors: Float32Array.of(1, 0, 0, 1, 1, 1) };
const all = Int32Array.of(0, 1, 2);

function observation(history: number[] = [], rewards: number[] = [], user = 0): RecommendationObservation {
  return { user, history: Int32Array.from(history), rewards: Float32Array.from(rewards), candidates: all };
}

function scoresOf(policy: Policy, seen: RecommendationObservation): number[] {
  const scores = new Float32Array(all.length);
  policy.score(seen, all, scores);
  return Array.from(scores);
}

function stepOf(action: number, reward: number, seen = observation()) {
  return { observation: seen, action, reward, nextObservation: seen, terminated: false, truncated: false };
}

describe('ridge regression', () => {
  test('is what the normal equations give', () => {
    const number = fc.integer({ min: -4, max: 4 });
    const rows = fc.array(fc.tuple(fc.nat({ max: 3 }), number), { maxLength: 6 });
    const vectors = fc.array(number, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        rows,
        vectors,
        fc.tuple(number, number),
        fc.integer({ min: 1, max: 3 }),
        (seen, x, w, l) => {
          const table = { rows: 4, size: 2, vectors: Float32Array.from(x) };
          const model = new RidgeRegression(
            table,
            seen.map(([item]) => item),
            seen.map(([, target]) => target),
            w,
            l,
          );
          // A = λI + XᵀX and b = λw₀ + Xᵀr in two dimensions, inverted by hand.
          let [a, b, d, e, f] = [l, 0, l, l * w[0], l * w[1]];
          for (const [item, target] of seen) {
            const [p, q] = [x[2 * item]!, x[2 * item + 1]!];
            [a, b, d, e, f] = [a + p * p, b + p * q, d + q * q, e + target * p, f + target * q];
          }
          const determinant = a * d - b * b;
          for (let item = 0; item < 4; item++) {
            const [p, q] = [x[2 * item]!, x[2 * item + 1]!];
            const predicted = (p * (d * e - b * f) + q * (a * f - b * e)) / determinant;
            const square = (p * p * d - 2 * p * q * b + q * q * a) / determinant;
            expect(model.predict(item)).toBeCloseTo(predicted, 8);
            expect(model.widthOf(item) ** 2).toBeCloseTo(square, 8);
          }
        },
      ),
      { seed: 9 },
    );
  });
});

describe('LinUCB', () => {
  test('without feedback prefers what is long, with feedback what earned', () => {
    const policy = linearUcbPolicy({ items, alpha: 2 });
    expect(scoresOf(policy, observation([-1], [0]))).toEqual(closeTo([2, 2, 2 * Math.SQRT2]));
    // One step: A = diag(2, 1), b = (1, 0), w = (1/2, 0).
    const [w, one, both] = [0.5, Math.sqrt(0.5), Math.sqrt(1.5)];
    expect(scoresOf(policy, observation([0], [1]))).toEqual(closeTo([w + 2 * one, 2, w + 2 * both]));
  });

  test('knows what it observed, counts an item of both once, and forgets it at a reset and for another user', async () => {
    const policy = linearUcbPolicy({ items, alpha: 1 });
    const fresh = scoresOf(policy, observation());
    const liked = scoresOf(policy, observation([0], [1]));
    await policy.observe(stepOf(0, 1));
    expect(scoresOf(policy, observation())).toEqual(liked);
    expect(scoresOf(policy, observation([0], [1]))).toEqual(liked);
    expect(scoresOf(policy, observation([], [], 1))).toEqual(fresh);
    await policy.observe(stepOf(1, -1)); // a dislike, which no history shows
    expect(scoresOf(policy, observation())[1]).toBeCloseTo(-0.5 + Math.sqrt(0.5), 6);
    await policy.reset();
    expect(scoresOf(policy, observation())).toEqual(fresh);
  });

  test('knows all steps of a user together, and of the last user alone', async () => {
    const policy = linearUcbPolicy({ items, alpha: 1 });
    await policy.observe(stepOf(0, 1));
    await policy.observe(stepOf(1, 1));
    const fresh = linearUcbPolicy({ items, alpha: 1 });
    expect(scoresOf(policy, observation())).toEqual(scoresOf(fresh, observation([0, 1], [1, 1])));
    await policy.observe(stepOf(2, 1, observation([], [], 1)));
    expect(scoresOf(policy, observation())).toEqual(scoresOf(fresh, observation()));
    const ofNext = observation([], [], 1);
    expect(scoresOf(policy, ofNext)).toEqual(scoresOf(fresh, observation([2], [1], 1)));
  });

  test('finds the best item in a session, which the greedy one misses', async () => {
    const options = {
      environment: toyEnvironment({ users: 1, items: 3, rewardOf: (_user, item) => [0.2, 1, 0.2][item]! }),
      sessions: 1,
      steps: 30,
      random: Random.fromSeed(1),
    };
    const unit = { rows: 3, size: 3, vectors: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) };
    const greedy = await evaluateSessions(linearUcbPolicy({ items: unit, alpha: 0 }), options);
    const curious = await evaluateSessions(linearUcbPolicy({ items: unit, alpha: 1 }), options);
    expect(greedy.reward).toBeCloseTo(6, 6); // item 0 for ever
    expect(curious.reward).toBeGreaterThan(24);
  });

  test('names bad arguments', () => {
    for (const alpha of [-1, NaN, Infinity])
      expect(() => linearUcbPolicy({ items, alpha })).toThrow(
        `alpha: expected a number from 0, got ${alpha}`,
      );
    expect(() => linearUcbPolicy({ items, alpha: 1, regularization: 0 })).toThrow(
      'regularization: expected a number above 0, got 0',
    );
  });
});

describe('online factorization', () => {
  const users = { rows: 2, size: 2, vectors: Float32Array.of(1, 2, 0, 0) };
  const make = (fittedOn = logOf(3, [[], []])) =>
    onlineFactorizationPolicy({ users, items, fittedOn: [fingerprintOf(fittedOn)], regularization: 1 });

  test('starts as the factorization, and moves towards each answer', async () => {
    const policy = make();
    expect(scoresOf(policy, observation())).toEqual([1, 2, 3]);
    // Item 1 was to earn 2 and earned 0: with λ = 1 half of the error goes.
    await policy.observe(stepOf(1, 0));
    expect(scoresOf(policy, observation())).toEqual(closeTo([1, 1, 2]));
    await policy.reset();
    expect(scoresOf(policy, observation([-1, 1], [0, 0]))).toEqual(closeTo([1, 1, 2]));
  });

  test('does not count again what it was fitted on', () => {
    const policy = make(logOf(3, [[{ item: 1, rating: 3 }], []]));
    expect(scoresOf(policy, observation([1], [0]))).toEqual([1, 2, 3]);
    expect(scoresOf(policy, observation([1, 0], [0, 0]))).toEqual(closeTo([0.5, 2, 2.5]));
  });

  test('does not take a user for fitted whom the fingerprint does not know', () => {
    const policy = make(logOf(3, [[{ item: 1, rating: 3 }]]));
    expect(() => scoresOf(policy, observation([1], [0], 1))).toThrow('user: expected 0 to 0, got 1');
  });

  test('learns from the target that the reward stands for', () => {
    const policy = onlineFactorizationPolicy({
      users,
      items,
      fittedOn: [],
      regularization: 1,
      targetOf: (user, reward) => 2 * reward + user,
    });
    expect(scoresOf(policy, observation([0], [1], 1))).toEqual(closeTo([1.5, 0, 1.5]));
  });

  test('names bad arguments', () => {
    expect(() => scoresOf(make(), observation([], [], 2))).toThrow('user: expected 0 to 1, got 2');
    const narrow = { rows: 2, size: 1, vectors: new Float32Array(2) };
    expect(() =>
      onlineFactorizationPolicy({ users: narrow, items, fittedOn: [], regularization: 1 }),
    ).toThrow('users: expected vectors of 2 like items, got 1');
    expect(() => onlineFactorizationPolicy({ users, items, fittedOn: [], regularization: NaN })).toThrow(
      'regularization: expected a number above 0, got NaN',
    );
  });
});

describe('ε-greedy', () => {
  const best = scoredBy('best', (_user, item) => item);

  test('shows something at random in ε of the cases, each item equally often', () => {
    const policy = epsilonGreedy(best, { epsilon: 0.6, random: Random.fromSeed(1) });
    expect(policy.name).toBe('best, ε = 0.6');
    const counts = [0, 0, 0];
    for (let round = 0; round < 6000; round++) {
      const scores = scoresOf(policy, observation());
      counts[scores.indexOf(Math.max(...scores))]! += 1;
    }
    // 1200 of each by chance, and 2400 more of the best.
    for (const [item, expected] of [1200, 1200, 3600].entries()) {
      expect(Math.abs(counts[item]! - expected)).toBeLessThan(150);
    }
  });

  test('draws from the stream that it was given, and from nothing else', () => {
    const drawn = (seed: number) => {
      const policy = epsilonGreedy(best, { epsilon: 0.6, random: Random.fromSeed(seed) });
      return Array.from({ length: 20 }, () => scoresOf(policy, observation()));
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  test('passes on what the policy was fitted on, and its learning', async () => {
    const fittedOn = [fingerprintOf(logOf(3, [[{ item: 1, rating: 3 }]]))];
    const options = { epsilon: 0, random: Random.fromSeed(1) };
    expect(
      epsilonGreedy(
        scoredBy('best', () => 0, { fittedOn }),
        options,
      ).fittedOn,
    ).toEqual(fittedOn);
    expect(epsilonGreedy(best, options)).not.toHaveProperty('observe');
    const inner = linearUcbPolicy({ items, alpha: 1 });
    const outer = epsilonGreedy(inner, options) as typeof inner;
    await outer.observe(stepOf(0, 1));
    expect(scoresOf(outer, observation())).toEqual(
      scoresOf(linearUcbPolicy({ items, alpha: 1 }), observation([0], [1])),
    );
    await outer.reset();
    expect(scoresOf(inner, observation())).toEqual(
      scoresOf(linearUcbPolicy({ items, alpha: 1 }), observation()),
    );
  });

  test('refuses another ε', () => {
    expect(() => epsilonGreedy(best, { epsilon: 1.1, random: Random.fromSeed(1) })).toThrow(
      'epsilon: expected a number from 0 to 1, got 1.1',
    );
  });
});
