import { train, type ReplayAgent } from '@rl-recsys/agent';
import { expect, test } from '@jest/globals';
import { agents, testAgents } from './every-agent.suite.js';

testAgents(['TD3', 'SAC with all of it', 'DQN with all of it']);

test.each([
  ['TD3', 3],
  ['SAC with all of it', 3],
  ['DQN with all of it', 2],
])('%s stores no transition of an episode that was given up', async (name, length) => {
  const { same } = agents[name]!;
  const made = agents[name]!.make(same(), 1) as unknown as ReplayAgent<Float32Array, never, never>;
  await train({ agent: made, environment: same(), steps: 10 * length + 1 }); // ten episodes and one step
  expect(made.replay.size).toBe(10 * length);
  await train({ agent: made, environment: same(), steps: length });
  expect(made.replay.size).toBe(11 * length);
  made.dispose();
});
