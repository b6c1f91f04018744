import { describe, expect, test } from '@jest/globals';
import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import {
  averageOf,
  evaluateReranking,
  itemMeanPolicy,
  leakWarning,
  oraclePolicy,
  popularityPolicy,
  rerank,
  scoredBy,
} from '../src/index.js';
import { logOf } from './logs.js';

const [old1, old2] = [
  { item: 0, rating: 5 },
  { item: 3, rating: 2 },
] as const;
const [new1, new2, new3] = [
  { item: 2, rating: 4 },
  { item: 1, rating: 1 },
  { item: 0, rating: 5 },
] as const;
const all = logOf(4, [
  [old1, new1, new2],
  [old2, new3],
]);
const split = { train: logOf(4, [[old1], [old2]]), test: logOf(4, [[new1, new2], [new3]]) };

/** A factorization stands for whatever was fitted on all of `log`: it knows each user's ratings by heart. */
function fittedOn(log: RatingLog) {
  return scoredBy('matrix factorization', (user, item) => user + item, { fittedOn: [fingerprintOf(log)] });
}

describe('a policy that was fitted on held-out interactions', () => {
  test('is refused, with how many and what to do', () => {
    const refusal =
      'matrix factorization: expected a policy that has not seen the held-out interactions, but it was ' +
      'fitted on 3 of the 3; fit it on the training part alone, or pass allowSeen: true';
    expect(() => evaluateReranking(fittedOn(all), split)).toThrow(refusal);
    expect(() => rerank(fittedOn(all), split)).toThrow(refusal);
  });

  test('is refused for one interaction, and for any of its parts', () => {
    const one = logOf(4, [[old1], [old2, new3]]);
    expect(() => evaluateReranking(fittedOn(one), split)).toThrow('it was fitted on 1 of the 3');
    const [clean, leaking] = [fingerprintOf(split.train), fingerprintOf(one)];
    for (const parts of [
      [clean, leaking],
      [leaking, clean],
    ]) {
      const policy = scoredBy('two parts', () => 0, { fittedOn: parts });
      expect(() => evaluateReranking(policy, split)).toThrow('two parts: ');
    }
  });

  test('gets the same figures where that is allowed, and every table warns', () => {
    const leaking = evaluateReranking(fittedOn(all), { ...split, allowSeen: true, cutoffs: [1] });
    const honest = evaluateReranking(fittedOn(split.train), { ...split, cutoffs: [1] });
    expect(leaking.seen).toBe(3);
    expect(honest.seen).toBe(0);
    expect(leaking.cutoffs).toEqual(honest.cutoffs);
    expect(leakWarning([honest])).toBeUndefined();
    expect(leakWarning([])).toBeUndefined();
    expect(leakWarning([honest, leaking])).toBe(
      'Warning: fitted on interactions that it was tested on, so that its figures are too good: ' +
        'matrix factorization (3).',
    );
    // One leaking seed taints the mean of all.
    expect(averageOf('seeds', [honest, leaking]).seen).toBe(3);
  });

  test('is refused where its indices mean other users', () => {
    const other = scoredBy('other', () => 0, { fittedOn: [fingerprintOf(logOf(4, [[old1]]))] });
    expect(() => evaluateReranking(other, split)).toThrow('log.userCount: expected 1');
  });
});

test('popularity and item mean tell what they were fitted on, the oracle is let through', () => {
  for (const baseline of [popularityPolicy, itemMeanPolicy]) {
    expect(() => evaluateReranking(baseline(all), split)).toThrow('it was fitted on 3 of the 3');
    expect(evaluateReranking(baseline(split.train), split).seen).toBe(0);
  }
  expect(evaluateReranking(oraclePolicy(split.test), split).seen).toBe(0);
});
