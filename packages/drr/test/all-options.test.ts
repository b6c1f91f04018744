import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { DrrAve } from '@rl-recsys/state';
import { expect, test } from '@jest/globals';
import {
  DrrAgent,
  drrFromLog,
  ResidualAgent,
  RewardModel,
  type DrrAgentOptions,
  type ResidualAgentOptions,
  type RewardModelOptions,
} from '../src/index.js';
import { randomTable } from './random-table.js';

const random = Random.fromSeed(1);
const tables = { users: randomTable(3, 2, random), items: randomTable(4, 2, random) };
const blocks = [{ name: 'all', start: 0, size: 2 }];
const log = createRatingLog({
  ...{ userCount: 1, itemCount: 3, scale: { min: 1, max: 5 } },
  ...{ users: [0, 0, 0], items: [0, 1, 2], ratings: [5, 1, 4], timestamps: [0, 1, 2] },
});

// Required: a compiler sees where a new option is not given here.
const replayed = { gamma: 0.5, batchSize: 2, capacity: 20, rewardScale: 2, rewardClip: 3 };
const rates = { actorLearningRate: 1e-3, criticLearningRate: 1e-3, tau: 0.1 };
const made = { ...tables, fittedOn: [], historySize: 2, hiddenSize: 3, random };
const drr: Required<DrrAgentOptions> = {
  ...{ ...made, ...replayed, ...rates, rounds: 9, returnSteps: 2, epsilon: 0.1, prioritized: { beta: 0.5 } },
  ...{ stateLayer: () => new DrrAve({}), criticCount: 2, fusedStep: false, encoderSignal: 'both' },
  ...{ encoderRandom: random, targetSmoothing: { deviation: 0.2, clip: 0.5, random } },
  ...{ policyDelay: 2, maxGradientNorm: 1, actionPenalty: 0.1 },
};
const residual: Required<ResidualAgentOptions> = {
  ...{ ...made, ...replayed, ...rates, rounds: 9, returnSteps: 2, epsilon: 0.1, prioritized: { beta: 0.5 } },
  ...{ blocks, gates: { all: 0.5 }, candidateCount: 2, stateLayer: () => new DrrAve({}), sessions: 1 },
  ...{ rewardsInState: true, trainableItems: true, residualRange: 0.1, gateRange: 0.5, temperature: 0.5 },
  ...{ actorDropout: 0.1, criticDropout: 0.1, policyDelay: 2, fusedStep: false, updates: 2 },
};
const rewardModel: Required<RewardModelOptions> = {
  ...{ ...made, blocks, stateLayer: () => new DrrAve({}), rewardsInState: true, fusedStep: false },
  ...{ dropout: 0.1, learningRate: 1e-3 },
};

test('whoever takes options takes all that there are', () => {
  const { users, items, fittedOn, rounds, ...ofLog } = drr;
  expect([users.rows, items.rows, fittedOn, rounds]).toEqual([3, 4, [], 9]);
  const agents = [
    new DrrAgent(drr),
    new ResidualAgent(residual),
    drrFromLog(log, { ...ofLog, steps: 9, sessionLength: 1, embeddingSize: 3, onFit: () => undefined }).agent,
  ];
  for (const { replay, learner } of agents) {
    expect(replay.capacity).toBe(20);
    expect(learner.fields.history.size).toBe(2);
  }
  const model = new RewardModel(rewardModel);
  expect(model.historySize).toBe(2);
  for (const each of [...agents, model]) each.dispose();
});
