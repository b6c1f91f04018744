import { Random } from '@rl-recsys/random';
import { float32, UniformReplay, type Replay } from '@rl-recsys/replay-buffer';
import { expect, test } from '@jest/globals';
import { ReplayAgent, type Actor, type Learner, type ReplayAgentOptions } from '../src/index.js';

const fields = { x: float32() };
type Fields = typeof fields;

/** An agent that only stores, and what its parts were told. */
function agentOf(options: Partial<ReplayAgentOptions<number, number, Fields>> = {}) {
  const told = { shares: [] as number[], betas: [] as number[], updates: 0, disposed: 0 };
  const nothing = { state: () => null, restore: () => undefined };
  const actor: Actor<number, number, Fields> = {
    ...nothing,
    act: (observations) => [...observations],
    explore: (observations) => [...observations],
    observe: ({ observation }) => [{ x: observation }],
    takeWeights: () => undefined,
  };
  const learner: Learner<Fields> = {
    ...{ ...nothing, fields, weights: () => [] },
    learn: ({ weights }) => ({ figures: { update: (told.updates += 1) }, tdErrors: weights }),
    scaleLearningRates: (share) => void told.shares.push(share),
    dispose: () => void (told.disposed += 1),
  };
  const replay: Replay<Fields> = new UniformReplay({ capacity: 8, fields, random: Random.fromSeed(1) });
  const sample = replay.sample.bind(replay);
  replay.sample = (batch, drawn) => {
    told.betas.push(drawn.beta);
    sample(batch, drawn);
  };
  return { told, make: () => new ReplayAgent({ actor, learner, replay, batchSize: 2, ...options }) };
}

const step = { session: 0, observation: 1, action: 1, reward: 0, nextObservation: 1 };
const goesOn = { ...step, terminated: false, truncated: false };

test('schedules are of the rounds that went before, 0 at first, and the same for each update of a round', () => {
  const schedule = (round: number) => round / 10;
  const { told, make } = agentOf({ minimumSize: 1, updates: 2, beta: schedule, learningRateShare: schedule });
  const agent = make();
  for (let round = 0; round < 3; round++) agent.observe([goesOn]);
  expect(told.shares).toEqual([0, 0.1, 0.2]);
  expect(told.betas).toEqual([0, 0, 0.1, 0.1, 0.2, 0.2]);
});

test('it learns from the round that it was told, and not before there is a batch', () => {
  const early = agentOf({ learnFrom: 1 });
  const late = agentOf({ learnFrom: 4, updates: 3 });
  const agents = [early.make(), late.make()];
  const updates = Array.from({ length: 5 }, () => {
    for (const agent of agents) agent.observe([goesOn]);
    return [early.told.updates, late.told.updates];
  });
  expect(updates).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 3],
    [4, 6],
  ]);
});

test.each([
  [{ updates: 0 }, 'updates: expected a positive integer, got 0'],
  [{ batchSize: 1.5 }, 'batchSize: expected a positive integer, got 1.5'],
  [{ batchSize: 9 }, 'capacity: expected room for 9 transitions to learn from, got 8'],
])('%j is refused, and the learner freed', (options, message) => {
  const { told, make } = agentOf(options);
  expect(make).toThrow(message);
  expect(told.disposed).toBe(1);
});
