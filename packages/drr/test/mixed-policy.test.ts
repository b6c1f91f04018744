import { expect, test } from '@jest/globals';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { RankingPolicy } from '../src/index.js';
import { histories, sizes, toyLearner } from './residual/toy.js';

const somebody = { user: 1, history: histories.history, rewards: histories.rewards };

test('scores lie between those of the two, in proportion to the share', () => {
  const [serving, fresh] = [
    { taste: 1, fame: 0 },
    { taste: 0.5, fame: 2 },
  ].map((gates) => {
    const learner = toyLearner({ gates });
    const policy = learner.policy();
    learner.dispose();
    return policy;
  }) as [RankingPolicy, RankingPolicy];
  const items = Int32Array.from({ length: sizes.items }, (_, item) => item);
  const scoresOf = (policy: RankingPolicy) => {
    const scores = new Float32Array(items.length);
    policy.score(somebody, items, scores);
    return scores;
  };
  const [from, to] = [scoresOf(serving), scoresOf(fresh)];
  expect(from).not.toEqual(to);
  const between = scoresOf(serving.mixedWith(fresh, 0.25));
  for (const item of items) expect(between[item]).toBeCloseTo(0.75 * from[item]! + 0.25 * to[item]!, 5);
  expect(scoresOf(serving.mixedWith(fresh, 0))).toEqual(from);
  expect(scoresOf(serving.mixedWith(fresh, 1))).toEqual(to);
  // A step from a step is one of the whole way.
  const twice = scoresOf(serving.mixedWith(fresh, 0.5).mixedWith(fresh, 0.5));
  for (const item of items) expect(twice[item]).toBeCloseTo(0.25 * from[item]! + 0.75 * to[item]!, 5);
});

test('what ranks otherwise is refused', () => {
  const tables = {
    users: createEmbeddingTable(new Float32Array(2), 2),
    items: createEmbeddingTable(Float32Array.of(1, 2), 2),
  };
  const given = { name: 'toy', tables, historySize: 2, actions: (users: Float32Array) => users };
  const policy = new RankingPolicy(given);
  expect(() => policy.mixedWith(policy, 1.5)).toThrow('share: expected a number from 0 to 1, got 1.5');
  expect(() => policy.mixedWith(new RankingPolicy({ ...given, historySize: 3 }), 0.5)).toThrow(
    'other: expected histories of 2 items, got 3',
  );
  const others = { ...tables, items: createEmbeddingTable(Float32Array.of(1, 3), 2) };
  expect(() => policy.mixedWith(new RankingPolicy({ ...given, tables: others }), 0.5)).toThrow(
    'other: expected a policy that ranks the same vectors of items, got others',
  );
});
