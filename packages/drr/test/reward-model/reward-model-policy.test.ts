import type { Fingerprint } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import { recommend, RewardModelPolicy } from '../../src/index.js';
import { expectSameScoresInBatch } from '../score-batch.js';
import { histories } from '../residual/toy.js';
import { toyModel } from './toy.js';

const observation = { ...histories, user: histories.user[0]!, candidates: Int32Array.of(4, 0, 3) };

test('ranks by what is predicted to be earned', () => {
  const model = toyModel();
  const policy = new RewardModelPolicy(model);
  const scores = new Float32Array(3);
  policy.score(observation, observation.candidates, scores);
  expect(scores).toEqual(model.values(histories, observation.candidates));
  const ranked = recommend(policy, observation, 3).map(({ score }) => score);
  expect(ranked).toEqual(Array.from(scores).sort((a, b) => b - a));
});

test('scores any number of users at once as it scores each alone', () => {
  const policy = new RewardModelPolicy(toyModel());
  const users = Array.from({ length: 20 }, (_, row) => ({ ...observation, user: row % 4 }));
  const items = users.map((_, row) => Int32Array.from({ length: (row * 7) % 6 }, (_, place) => 5 - place));
  expectSameScoresInBatch(policy, users, items, 5);
});

test('knows what its vectors were fitted on, and is of no use to other histories or items', () => {
  const fittedOn: Fingerprint[] = [];
  const policy = new RewardModelPolicy(toyModel({ fittedOn }));
  expect(policy.name).toBe('reward model');
  expect(policy.fittedOn).toBe(fittedOn);
  expect(new RewardModelPolicy(toyModel()).fittedOn).toEqual([]);

  const scores = new Float32Array(1);
  const shorter = { ...observation, history: observation.history.slice(1) };
  expect(() => policy.score(shorter, Int32Array.of(4), scores)).toThrow('history: expected 3 indices, got 2');
  expect(() => policy.score(observation, Int32Array.of(6), scores)).toThrow('candidates: expected an index');
  expect(scores).toEqual(new Float32Array(1));
});
