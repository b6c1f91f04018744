import { Random, type SavedState } from '@rl-recsys/random';
import { float32, UniformReplay, type Replay } from '@rl-recsys/replay-buffer';
import { describe, expect, test } from '@jest/globals';
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
  [{ beta: 2 }, 'beta: expected a number from 0 to 1, got 2'],
  [{ learningRateShare: NaN }, 'learningRateShare: expected a finite number from 0, got NaN'],
  [{ rewardScale: 0 }, 'rewardScale: expected a positive finite number, got 0'],
  [{ rewardClip: Infinity }, 'rewardClip: expected a positive finite number, got Infinity'],
  [{ updates: '3' as never }, 'updates: expected a positive integer, got 3'],
  [{ batchSize: 9 }, 'capacity: expected room for 9 transitions to learn from, got 8'],
])('%j is refused, and the learner freed', (options, message) => {
  const { told, make } = agentOf(options);
  expect(make).toThrow(message);
  expect(told.disposed).toBe(1);
});

test('rewards are scaled, then clipped', () => {
  const seen: number[] = [];
  const { make } = agentOf({ rewardScale: 0.1, rewardClip: 2 });
  const agent = make();
  agent.actor.observe = ({ reward }) => {
    seen.push(reward);
    return [];
  };
  agent.observe([5, -15, 99, -1e30].map((reward) => ({ ...goesOn, reward })));
  expect(seen).toEqual([0.5, -1.5, 2, -2]);
});

test.each([1e30, -1e38, NaN, Infinity])(
  'a reward of %d, which nothing can be learned from, is refused',
  (reward) => {
    const agent = agentOf().make();
    expect(() => agent.observe([{ ...goesOn, reward }])).toThrow(
      `reward: expected a number within ± 1000000000000000, which can be learned from, got ${reward}`,
    );
    expect(agent.replay.size).toBe(0);
  },
);

describe('learning that runs away', () => {
  /** An agent whose one weight is what each update makes of it. */
  function running(next: (updates: number) => { weight?: number; figure?: number; error?: number }) {
    let weight = 0;
    let updates = 0;
    const learner: Learner<Fields> = {
      fields,
      weights: () => [],
      learn: ({ weights }) => {
        const told = next((updates += 1));
        weight = told.weight ?? updates;
        return { figures: { loss: told.figure ?? 1 }, tdErrors: weights.map(() => told.error ?? 0) };
      },
      scaleLearningRates: () => undefined,
      state: () => ({ weights: [Float32Array.of(weight)] }),
      restore: (state) => void (weight = (state as { weights: [Float32Array] }).weights[0][0]!),
      dispose: () => undefined,
    };
    const agent = agentOf({ learner, minimumSize: 1 }).make();
    const learn = (count: number) => {
      for (let update = 0; update < count; update++) agent.observe([goesOn]);
    };
    return { agent, learn, weight: () => weight };
  }

  test.each<[string, { figure?: number; error?: number }]>([
    ['loss: expected a finite number that learning can go on from, got NaN in update 3', { figure: NaN }],
    ['loss: expected a finite number that learning can go on from, got -Infinity', { figure: -Infinity }],
    [
      'tdErrors: expected a finite number that learning can go on from, got 1.1805916207174113e+21 in update 3',
      { error: 2 ** 70 },
    ],
  ])('%s', (message, told) => {
    const { learn, weight } = running((updates) => (updates < 3 ? {} : told));
    expect(() => learn(10)).toThrow(message);
    expect(weight()).toBe(0); // as before the first update
  });

  test('is found in the weights after some updates, which go back to the last good ones', () => {
    const { learn, weight } = running((updates) => (updates < 2100 ? {} : { weight: NaN }));
    expect(() => learn(5000)).toThrow(
      'learner.weights[0][0]: expected a finite number that learning can go on from, got NaN in update 4000; ' +
        'what was learned until update 2000 is kept',
    );
    expect(weight()).toBe(2000);
  });

  test('is never saved', () => {
    const { agent, learn } = running((updates) => (updates < 3 ? {} : { weight: Infinity }));
    learn(3);
    expect(() => agent.state()).toThrow('learner.weights[0][0]: expected a finite number');
    expect(agent.state()).toMatchObject({ learner: { weights: [Float32Array.of(0)] } });
  });
});

test('a state is read once, and one that is refused changes no part', () => {
  const { make } = agentOf();
  const agent = make();
  let [reads, learned, acted] = [0, 1, 2];
  agent.learner.state = () => ((reads += 1), learned);
  agent.learner.restore = (state) => void (learned = state as number);
  agent.actor.state = () => acted;
  agent.actor.restore = (state) => {
    if (typeof state !== 'number') throw new TypeError('state: expected a number');
    acted = state;
  };
  agent.observe([goesOn]);
  const state = agent.state() as Record<string, SavedState>;
  expect(reads).toBe(1);
  for (const [part, wrong] of Object.entries({ rounds: -1, prepared: 0, actor: null, replay: null })) {
    expect(() => agent.restore({ ...state, learner: 9, actor: 9, [part]: wrong })).toThrow('state: expected');
    expect([learned, acted, agent.replay.size]).toEqual([1, 2, 1]);
  }
  agent.restore({ ...state, learner: 9 });
  expect(learned).toBe(9);
});

test('after dispose, which is safe to call twice, everything else is refused', () => {
  const agent = agentOf().make();
  const state = agent.state();
  agent.dispose();
  agent.dispose();
  const uses: Record<string, () => unknown> = {
    begin: () => agent.begin(),
    act: () => agent.act([1]),
    explore: () => agent.explore([1], [0]),
    observe: () => agent.observe([goesOn]),
    state: () => agent.state(),
    restore: () => agent.restore(state),
  };
  for (const [method, use] of Object.entries(uses)) {
    expect(use).toThrow(`${method}: expected an agent in use, got one that was disposed`);
  }
});
