import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluateAgent } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import { decodeSaved } from '@rl-recsys/recommender';
import { AGENT_FILE } from '../run/save-environment-run.js';
import { environment as scenario } from '../scenarios/environment/index.js';
import { importEnvironment } from '../scenarios/environment/environment-module.js';
import { textTable } from '../terminal/text-table.js';
import type { EnvironmentRunOptions } from '../variants/variant.js';
import { randomAgent } from './random-agent.js';

/** Enough for a mean that tells a good agent from a random one; each begins from a seed of its own. */
const EPISODES = 20;
/** Where evaluation's seeds begin: far from those that training is likely to have. */
const FIRST_SEED = 1_000_000;

/** Plays a run's environment with its best actions, and with random ones beside them. */
export async function evaluateOnEnvironment(folder: string, options: EnvironmentRunOptions): Promise<void> {
  const make = await importEnvironment(options.env);
  const environment = await make();
  try {
    const variant = scenario.variants.find(({ name }) => name === options.variant)!;
    const random = Random.fromSeed(options.seed);
    const { agent, environment: played } = await variant.make(environment, options, random);
    agent.restore(decodeSaved(await readFile(join(folder, AGENT_FILE))));
    const chance = randomAgent(played, random.fork('random actions'));
    const protocol = { environment: played, episodes: EPISODES, seed: FIRST_SEED };
    const rows: [string, number[]][] = [
      ['random actions', await evaluateAgent({ ...protocol, agent: chance })],
      [variant.name, await evaluateAgent({ ...protocol, agent })],
    ];
    console.log(`Returns of ${EPISODES} episodes:`);
    console.log(
      textTable(
        ['agent', 'mean', 'deviation', 'least', 'most'],
        rows.map(([name, returns]) => [name, ...summaryOf(returns)]),
      ),
    );
  } finally {
    await environment.close?.();
  }
}

/** Mean, deviation of the sample, least and most. */
function summaryOf(returns: readonly number[]): number[] {
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const variance = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (returns.length - 1);
  return [mean, Math.sqrt(variance), Math.min(...returns), Math.max(...returns)];
}
