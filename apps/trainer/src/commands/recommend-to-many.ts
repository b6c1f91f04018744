import { readFile } from 'node:fs/promises';
import type { Recommender } from '@rl-recsys/recommender';
import { loadRunRecommender } from '../run/load-recommender.js';
import { printResult } from '../terminal/output.js';
import { progressOf } from '../terminal/progress.js';
import { outputTo, type Answer } from './recommendation-files.js';

/** Users who are asked for together: enough for a batch to pay, few enough for the bar to move. */
const BATCH = 64;

/** For whom, and where to. */
export interface RecommendToManyOptions {
  readonly run: string;
  /** A file with an id a line, or `all`. */
  readonly users: string;
  /** A file that ends in .ndjson or .parquet. */
  readonly output: string;
  readonly k: number;
}

/** Writes what a run recommends many users to a file. */
export async function recommendToMany({ run, users, output, k }: RecommendToManyOptions): Promise<void> {
  const write = outputTo(output); // refused before anything is loaded
  const recommender = await loadRunRecommender(run);
  const ids = users === 'all' ? recommender.parts.users.ids : await idsIn(users);
  const unknown = ids.filter((id) => !recommender.knows(id));
  await write(answers(recommender, ids, k));
  printResult(`Wrote ${output}: up to ${k} items for each of ${ids.length} users.`, {
    ...{ output, k, users: ids.length, unknown: unknown.length },
  });
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 3).join(', ');
    console.error(
      `${unknown.length} of them are unknown to the run, such as ${shown}: they get what is popular`,
    );
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream is what files are written from
async function* answers(recommender: Recommender, ids: readonly string[], k: number): AsyncGenerator<Answer> {
  const progress = progressOf('exporting', 'users');
  try {
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH);
      const items = recommender.recommendBatch(batch, { k });
      for (const [place, user] of batch.entries()) yield { user, items: items[place]! };
      progress.show(start + batch.length, ids.length);
    }
  } finally {
    progress.stop();
  }
}

async function idsIn(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`--users: expected a file with an id a line, or all; could not read ${file}`, { cause });
  });
  const ids = text.split(/\r?\n/).filter((line) => line !== '');
  if (ids.length === 0) throw new Error(`--users: expected an id a line, but ${file} has none`);
  return ids;
}
