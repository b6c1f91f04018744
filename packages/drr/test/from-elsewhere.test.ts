import { train, type SplitAgent } from '@rl-recsys/agent';
import { timeLimit } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import type { Fields } from '@rl-recsys/replay-buffer';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DrrAgent, ResidualAgent } from '../src/index.js';
import { toyGated } from './gated/toy.js';
import { randomTable } from './random-table.js';
import { toySessions } from './session-learning/toy-sessions.js';
import './on-wasm.js';

const random = Random.fromSeed('tables');
const tables = { users: randomTable(3, 3, random), items: randomTable(6, 3, random) };
const sizes = { historySize: 3, hiddenSize: 4, batchSize: 4, rounds: 40 };
const sessions = () =>
  timeLimit(
    toySessions((item) => (item % 2 ? 1 : -1)),
    5,
  );
const all: Record<string, () => { agent: unknown; environment: unknown }> = {
  DrrAgent: () => ({
    agent: new DrrAgent({ ...tables, ...sizes, random: Random.fromSeed(1) }),
    environment: sessions(),
  }),
  ResidualAgent: () => ({
    agent: new ResidualAgent({
      ...{
        ...tables,
        ...sizes,
        blocks: [{ name: 'all', start: 0, size: 3 }],
        candidateCount: 4,
        sessions: 1,
      },
      random: Random.fromSeed(1),
    }),
    environment: sessions(),
  }),
  GatedAgent: () => toyGated(),
};
type Agent = SplitAgent<unknown, unknown, Fields> & { dispose(): void };
type Given = Record<string, number | ArrayLike<number>>;

describe.each(Object.keys(all))('%s, of transitions that come from elsewhere', (name) => {
  const { agent, environment } = all[name]!() as { agent: Agent; environment: never };
  afterAll(() => agent.dispose());
  const collected: Given[] = [];

  test('takes each of its own', async () => {
    const collect = (steps: Parameters<Agent['collect']>[0]) => {
      const transitions = agent.collect(steps);
      collected.push(...(transitions as Given[]));
      return transitions;
    };
    await train({
      agent: {
        act: (observations) => agent.act(observations),
        explore: (observations, playing) => agent.explore(observations, playing),
        observe: (steps) => (agent.store(collect(steps)), []),
      },
      ...{ environment, steps: 256, seed: 1 },
    });
    expect(collected.length).toBeGreaterThan(50);
    agent.assertTransitions(collected as never);
  });

  test('refuses whatever it could not learn from, and names the field', () => {
    const fields = Object.entries(agent.fields);
    const numbers = fc.oneof(fc.integer({ min: -3, max: 300 }), fc.integer(), fc.float(), fc.constant(1e16));
    const changes = fc.array(fc.tuple(fc.nat(fields.length - 1), fc.nat(200), numbers), {
      minLength: 1,
      maxLength: 2,
    });
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(collected.length - 1), changes, (place, each) => {
        const given: Given = { ...collected[place]! };
        for (const [field, at, number] of each) {
          const [changed, { size }] = fields[field]!;
          if (size === 1) given[changed] = number;
          else {
            const values = Array.from(given[changed] as ArrayLike<number>);
            values[at % size] = number;
            given[changed] = values;
          }
        }
        try {
          agent.assertTransitions([given] as never);
        } catch (error) {
          refused += 1;
          const { message } = error as Error;
          expect(fields.map(([field]) => field)).toContain(message.slice(0, message.indexOf(':')));
          expect(message).toMatch(/: expected .*, got /);
          return;
        }
        agent.store(Array.from({ length: 4 }, () => given) as never);
        agent.update(); // fails where an index is in no table
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});
