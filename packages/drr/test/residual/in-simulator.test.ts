import { train } from '@rl-recsys/agent';
import { timeLimit } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { residualInSimulator, SIMULATED_SESSIONS, type ResidualInSimulatorOptions } from '../../src/index.js';
import { randomTable } from '../random-table.js';
import { toySessions } from '../session-learning/toy-sessions.js';
import { blocks } from './toy.js';
import '../on-wasm.js';

const random = Random.fromSeed('simulator');
const rewardOf = (item: number) => (item === 2 ? 1 : -1);

/** Sessions of four items, each with a user of its own. */
function makeEnvironment(session: number) {
  const sessions = toySessions(rewardOf);
  return timeLimit({ ...sessions, reset: () => sessions.reset({ seed: session }) }, 4);
}

const make = (change: Partial<ResidualInSimulatorOptions> = {}) =>
  residualInSimulator({
    ...{ users: randomTable(3, 3, random.fork('users')), items: randomTable(6, 3, random.fork('items')) },
    ...{ blocks, historySize: 3, candidateCount: 6, hiddenSize: 8, batchSize: 16, random },
    makeEnvironment,
    ...change,
  });

test('what it learns earns more than where it starts', async () => {
  const { agent, environment, steps } = make({
    ...{ steps: 64 * 56, sessions: 64, gamma: 0, tau: 0.2, policyDelay: 1, residualRange: 4, gateRange: 4 },
    ...{ actorLearningRate: 0.02, criticLearningRate: 0.01 },
  });
  /** The mean reward of an item in a session of each of 64. */
  const mean = async () => {
    let { observations } = await environment.reset({ seed: 1 });
    expect(new Set(observations.map(({ user }) => user)).size).toBe(3);
    let sum = 0;
    for (let step = 0; step < 4; step++) {
      const next = await environment.step(agent.act(observations));
      sum += next.rewards.reduce((total: number, reward: number) => total + reward, 0);
      observations = next.observations;
    }
    return sum / (64 * 4);
  };
  expect(await mean()).toBeLessThan(-0.9);
  await train({ agent, environment, steps, seed: 1 });
  expect(await mean()).toBeGreaterThan(0);
}, 120_000);

test('plans by five-step returns unless a later reward is worth nothing', async () => {
  const stored = async (options: Partial<ResidualInSimulatorOptions>) => {
    const { agent, environment } = make({ steps: 64 * 1000, sessions: 64, ...options });
    await train({ agent, environment, steps: 64 * 6, seed: 1 }); // before it learns
    const batch = agent.replay.createBatch(50);
    agent.replay.sample(batch, { beta: 1 });
    return new Set(batch.columns.discount);
  };
  // Sessions of four steps are cut off: of one, two, three and four are left.
  const discounts = [1, 2, 3, 4].map((steps) => Math.fround(0.98 ** steps));
  expect(await stored({})).toEqual(new Set(discounts));
  expect(await stored({ gamma: 0 })).toEqual(new Set([0]));
  expect(await stored({ gamma: 0.5, returnSteps: 1 })).toEqual(new Set([0.5]));
});

test('keeps the newest quarter of what it has done, and all where a later reward is worth nothing', () => {
  const capacityOf = (options: Partial<ResidualInSimulatorOptions>) => make(options).agent.replay.capacity;
  expect(capacityOf({ steps: 1000 })).toBe(250);
  expect(capacityOf({ steps: 1000, gamma: 0 })).toBeGreaterThanOrEqual(1000);
  expect(capacityOf({ steps: 1000, capacity: 70 })).toBe(70);
});

test('has as many sessions side by side as it is told to', () => {
  expect(make().environment.count).toBe(SIMULATED_SESSIONS);
  expect(make({ sessions: 5 }).environment.count).toBe(5);
});
