import { expect, test } from '@jest/globals';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { actorLearned } from '../src/commands/actor-updates.js';

test.each<[string, TrainingMetrics['figures'], boolean]>([
  ['nothing was told', {}, false],
  ['only critics learned', { criticLoss: 1, actorLoss: null }, false],
  ['the actor was updated', { criticLoss: 1, actorLoss: -0.5 }, true],
])('where %s is seen', (_, figures, expected) => {
  const line = {
    ...{ step: 1, episodes: 0, reward: 0, episodeReturn: null, episodeLength: null },
    ...{ figures, histograms: {}, seconds: 1, stepsPerSecond: 1 },
  };
  expect(actorLearned(line)).toBe(expected);
});
