import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { decodeSaved } from '@rl-recsys/recommender';
import { loadRunRecommender, RECOMMENDER_FILE } from '../run/load-recommender.js';
import { keepIn } from '../run/keep.js';
import { AGENT_FILE } from '../run/save-environment-run.js';
import { environment as scenario } from '../scenarios/environment/index.js';
import { importEnvironment, type MakeEnvironment } from '../scenarios/environment/environment-module.js';
import type { EnvironmentRunOptions } from '../variants/variant.js';
import { rewriteReturns } from '../run/environment-report.js';
import { REPORT_FILE } from '../run/run-report.js';
import { say } from '../terminal/output.js';
import { playersOf, playReturns, printReturns, type Player } from './players.js';

/** Plays a run's environment with its best actions, and with random ones beside them, and writes its report again. */
export async function evaluateOnEnvironment(folder: string, options: EnvironmentRunOptions): Promise<void> {
  const make = await importEnvironment(options.env, options.stepTimeout);
  const environment = await make();
  try {
    const random = Random.fromSeed(options.seed);
    const { players, played } = await load(folder, options, { make, environment }, random);
    const returns = await playReturns(played, players, random.fork('random actions'));
    await rewriteReturns(folder, options, returns);
    printReturns(returns, folder);
    say(`Wrote ${join(folder, REPORT_FILE)} again.`);
  } finally {
    await environment.close?.();
  }
}

/** What was learned, and what it plays: a recommender as it was saved, or an agent that is made again and restored. */
async function load(
  folder: string,
  options: EnvironmentRunOptions,
  { make, environment }: { make: MakeEnvironment; environment: Environment<unknown, unknown> },
  random: Random,
): Promise<{ players: Player[]; played: Environment<unknown, unknown> }> {
  if (existsSync(join(folder, RECOMMENDER_FILE))) {
    const recommender = await loadRunRecommender(folder);
    return { players: playersOf(options.variant, recommender), played: environment };
  }
  const variant = scenario.variants.find(({ name }) => name === options.variant)!;
  const { agent, played } = await variant.make(environment, options, random, make, keepIn(folder));
  agent.restore(decodeSaved(await readFile(join(folder, AGENT_FILE))));
  return { players: [[variant.name, agent]], played };
}
