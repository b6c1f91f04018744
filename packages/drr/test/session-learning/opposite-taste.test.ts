import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { ItemHistory } from '@rl-recsys/environment';
import { evaluateSessions, type Policy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { expect, test } from '@jest/globals';
import { bestItem, DrrLearner, DrrLearningPolicy, drrTransition } from '../../src/index.js';
import { residualCase } from './learning-policies.js';
import { toySessions } from './toy-sessions.js';
import '../on-wasm.js';

const k = 3;
/** Three users who all look along the first axis, where three items lie, and three on its other side. */
const users = createEmbeddingTable(Float32Array.of(1, 0.1, 0, 1, 0, 0.1, 1, 0.1, 0.1), k);
const items = createEmbeddingTable(
  Float32Array.of(1, 0, 0, 0.8, 0.6, 0, 0.8, 0, 0.6, -1, 0, 0, -0.8, 0.6, 0, -0.8, 0, 0.6),
  k,
);
const tables = { users, items, historySize: 3 };
const taste = (item: number) => (items.vectors[item * k]! > 0 ? 1 : -1);
const gamma = 0.5;

/** DRR that knows the taste, from 200 steps that showed items which random vectors rank first. */
async function trainedLearner(random: Random): Promise<DrrLearner> {
  const rates = { actorLearningRate: 5e-3, criticLearningRate: 1e-2, tau: 0.05, actionPenalty: 0.3 };
  const learner = new DrrLearner({ ...tables, hiddenSize: 16, random, ...rates });
  const draws = Random.fromSeed('training');
  const replay = new UniformReplay({ capacity: 200, fields: learner.fields, random: draws.fork('replay') });
  const environment = toySessions(taste);
  for (let session = 0; session < 20; session++) {
    let { observation } = await environment.reset({ seed: session });
    for (let step = 0; step < 10; step++) {
      const action = Float32Array.from({ length: k }, () => 2 * draws.uniform() - 1);
      const item = bestItem(action, items, observation.candidates);
      const { observation: nextObservation, reward } = await environment.step(item);
      replay.add(drrTransition({ observation, action, reward, nextObservation, discount: gamma }));
      observation = nextObservation;
    }
  }
  const batch = replay.createBatch(16);
  for (let update = 0; update < 150; update++) {
    replay.sample(batch);
    learner.learn(batch);
  }
  return learner;
}

/** What a session of 30 steps earns with user 0, each at most 1 and at least −1. */
async function rewardOf(policy: Policy, sessions: ReturnType<typeof toySessions>): Promise<number> {
  const environment = { ...sessions, reset: () => sessions.reset({ seed: 0 }) };
  const random = Random.fromSeed(1);
  return (await evaluateSessions(policy, { environment, sessions: 1, steps: 30, random })).reward;
}

test('DRR finds out that a taste is the opposite of what it was trained on', async () => {
  const random = Random.fromSeed(2);
  const learner = await trainedLearner(random);
  const policy = new DrrLearningPolicy({ learner, random, gamma, batchSize: 8, updates: 8 });
  const opposite = toySessions((item) => -taste(item));
  expect(await rewardOf(learner.policy(), opposite)).toBe(-30);
  expect(await rewardOf(policy, opposite)).toBeGreaterThan(0);
}, 60_000);

test('the default variant leaves an item that it ranks first and that its user no longer likes', async () => {
  const { make, frozen } = residualCase();
  const [favorite] = frozen.recommend({ user: 0, ...new ItemHistory(3).observe() }, { k: 1 });
  const environment = toySessions((item) => (item === favorite!.item ? -1 : 1));
  expect(await rewardOf(frozen, environment)).toBe(-30);
  expect(await rewardOf(make({ updates: 2 }), environment)).toBeGreaterThan(0);
}, 60_000);
