import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import {
  fitQEvaluation,
  fitReturns,
  learnFromSessions,
  predictSessions,
  sessionSteps,
} from '../../src/index.js';
import { sizes, toyLearner } from '../residual/toy.js';
import { toyModel } from '../reward-model/toy.js';
import '../on-wasm.js';

/** Everybody is shown item 1, which earns 0.5, and then item 2, which earns 2. */
const steps = sessionSteps(
  Array.from({ length: 8 }, (_, session) => ({
    ...{ user: session % sizes.users, items: [1, 2], rewards: [0.5, 2] },
  })),
  sizes.historySize,
);
const options = { gamma: 0.5, updates: 400, batchSize: 16, random: Random.fromSeed(1) };
const model = () => toyModel({ dropout: 0, learningRate: 0.02 });
const again = steps.item; // the policy that is judged shows the same

test('what a session earns later counts for γ of it, to its end and not beyond: by returns', () => {
  const fitted = model();
  fitReturns(fitted, steps, options);
  const { logged, expected } = predictSessions(fitted, steps, again);
  for (const [row, value] of logged.entries()) expect(value).toBeCloseTo(row % 2 ? 2 : 1.5, 1);
  expect(expected).toEqual(logged);
  fitted.dispose();
});

test('and by what is expected of the next step', () => {
  const fitted = model();
  fitQEvaluation(fitted, steps, again, options);
  for (const [row, value] of predictSessions(fitted, steps, again).logged.entries())
    expect(value).toBeCloseTo(row % 2 ? 2 : 1.5, 1);
  fitted.dispose();
});

test('learning from a log tells the mean loss of the last tenth of its updates', () => {
  const learner = toyLearner();
  const losses: number[] = [];
  const update = learner.learn.bind(learner);
  learner.learn = (batch) => {
    const result = update(batch);
    losses.push(result.figures.criticLoss);
    return result;
  };
  const loss = learnFromSessions(learner, steps, { updates: 20, batchSize: 4, random: Random.fromSeed(1) });
  expect(losses.length).toBe(20);
  expect(loss).toBeCloseTo((losses[18]! + losses[19]!) / 2, 10);
  learner.dispose();
});
