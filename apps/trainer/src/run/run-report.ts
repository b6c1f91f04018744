import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { METRICS_FILE, readJsonLines } from '@rl-recsys/metrics/files';
import { Random } from '@rl-recsys/random';
import type { Recommender } from '@rl-recsys/recommender';
import type { RunOptions } from '../options/run-options.js';
import type { ExampleUser } from '../report/examples.js';
import { renderReport } from '../report/report.js';
import { writeJson } from './files.js';
import type { RunFacts } from './run-facts.js';
import { replaceSealed } from './sealed-folder.js';
import type { Table } from './table.js';

export const FACTS_FILE = 'run.json';
export const REPORT_FILE = 'report.html';

/** How many users are shown, and how many items to each. */
const EXAMPLES = { users: 3, items: 10 };

/** What a report is made of, beside what lies in the folder. */
interface Reported {
  readonly options: RunOptions;
  readonly recommender: Recommender;
  readonly table: Table;
}

/** The report of a run whose metrics and facts lie in `folder`. */
export async function reportOf(
  folder: string,
  name: string,
  { options, recommender, table }: Reported,
): Promise<string> {
  return renderReport({
    ...{ name, table },
    options: options as RunOptions & Record<string, unknown>,
    ...(await howItWent(folder)),
    examples: examplesOf(recommender, Random.fromSeed(options.seed).fork('example users')),
  });
}

/** The facts of a run, and what it told as it was trained. */
export async function howItWent(
  folder: string,
): Promise<{ readonly facts: RunFacts; readonly metrics: readonly TrainingMetrics[] }> {
  return {
    facts: JSON.parse(await readFile(join(folder, FACTS_FILE), 'utf8')) as RunFacts,
    metrics: await readJsonLines<TrainingMetrics>(join(folder, METRICS_FILE)),
  };
}

/** Writes it again into a finished run. */
export async function rewriteReport(folder: string, reported: Reported): Promise<void> {
  await replaceSealed(folder, REPORT_FILE, await reportOf(folder, basename(folder), reported));
}

/** Keeps what is known of a run. */
export function writeFacts(folder: string, facts: RunFacts): Promise<void> {
  return writeJson(folder, FACTS_FILE, facts);
}

/** Some users by chance, what they liked, and what they get. */
function examplesOf(recommender: Recommender, random: Random): ExampleUser[] {
  const { ids } = recommender.parts.users;
  const drawn = random.shuffle(Int32Array.from(ids, (_, place) => place)).slice(0, EXAMPLES.users);
  const titled = (item: string) => recommender.titleOf(item) ?? item;
  return Array.from(drawn, (place) => {
    const user = ids[place]!;
    return {
      user,
      liked: recommender.historyItems(user).slice(0, EXAMPLES.items).map(titled),
      recommended: recommender.recommend(user, { k: EXAMPLES.items }).map(({ item }) => titled(item)),
    };
  });
}
