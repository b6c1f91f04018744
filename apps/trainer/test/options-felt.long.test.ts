import { beforeAll, expect, test } from '@jest/globals';
import { train } from '@rl-recsys/agent';
import type { Environment } from '@rl-recsys/environment';
import { pendulumV1 } from '@rl-recsys/examples/pendulum';
import { shop } from '@rl-recsys/examples/shop';
import { Random, type Savable } from '@rl-recsys/random';
import { encodeSaved } from '@rl-recsys/recommender';
import { useWasmBackend } from '../src/backend.js';
import { chooseVariant } from '../src/options/choose.js';
import { parseTrainOptions } from '../src/options/parse.js';
import { environment as scenario } from '../src/scenarios/environment/index.js';
import type { EnvironmentRunOptions } from '../src/variants/variant.js';

beforeAll(() => useWasmBackend());

/** All that an agent has learned by these options, as the run would save it. */
async function learned(
  makeOne: () => unknown,
  given: Record<string, unknown>,
  change: Record<string, unknown>,
): Promise<string> {
  const options = parseTrainOptions({ env: 'f.mjs', ...given, ...change }) as EnvironmentRunOptions;
  const make = () => makeOne() as Environment<unknown, unknown>;
  const variant = chooseVariant(scenario, options.variant);
  const made = await variant.make(
    make(),
    options,
    Random.fromSeed(options.seed),
    () => Promise.resolve(make()),
    (_, made) => made(),
  );
  await train({ ...made, steps: options.steps });
  const agent = made.agent as unknown as Savable & { dispose(): void };
  const state = Buffer.from(encodeSaved(agent.state())).toString('latin1');
  agent.dispose();
  return state;
}

test('what the paper variant learns on an environment is changed by each of its options', async () => {
  const states = new Set<string>();
  const changes = [
    ...[{}, { gamma: 0.2 }, { batchSize: 4 }, { replay: 'uniform' }, { stateModule: 'drr-p' }],
    ...[{ stateSignal: 'both' }, { algorithm: 'td3' }],
  ];
  for (const change of changes) {
    const given = { variant: 'paper', steps: 60, batchSize: 8 };
    states.add(await learned(() => shop({ random: Random.fromSeed(0) }), given, change));
  }
  expect(states.size).toBe(changes.length);
});

test('so is what TD3 learns, by the discount and the batch', async () => {
  const states = new Set<string>();
  const given = { variant: 'td3', steps: 1100 }; // the first 1,000 are random
  for (const change of [{}, { gamma: 0.5 }, { batchSize: 16 }])
    states.add(await learned(() => pendulumV1({ random: Random.fromSeed(0) }), given, change));
  expect(states.size).toBe(3);
});
