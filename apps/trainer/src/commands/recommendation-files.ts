import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RecommendedItem } from '@rl-recsys/recommender';
import { throughDraft } from '../run/draft.js';

/** One user's items, best first. */
export interface Answer {
  readonly user: string;
  readonly items: readonly RecommendedItem[];
}

/** Writes answers to a file, all of them or none. */
export type WriteAnswers = (answers: AsyncIterable<Answer>) => Promise<void>;

/**
 * The writer of a file, by its ending.
 *
 * @throws Error where it ends in something else.
 */
export function outputTo(file: string): WriteAnswers {
  const write = Object.entries(WRITERS).find(([ending]) => file.endsWith(ending))?.[1];
  if (!write) throw new Error(`--output: expected a file that ends in .ndjson or .parquet, got ${file}`);
  return (answers) => throughDraft(file, (draft) => write(draft, answers));
}

const WRITERS: Readonly<Record<string, (file: string, answers: AsyncIterable<Answer>) => Promise<void>>> = {
  '.ndjson': (file, answers) => pipeline(Readable.from(lines(answers)), createWriteStream(file)),
  '.parquet': writeParquet,
};

/** One user a line: `{ user, items: [{ item, score, title? }, …] }`. */
async function* lines(answers: AsyncIterable<Answer>): AsyncGenerator<string> {
  for await (const answer of answers) yield JSON.stringify(answer) + '\n';
}

/** One item a row: user, rank from 1, item and score. */
async function writeParquet(file: string, answers: AsyncIterable<Answer>): Promise<void> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const [users, ranks, items, scores]: [string[], number[], string[], number[]] = [[], [], [], []];
  for await (const { user, items: best } of answers) {
    for (const [place, { item, score }] of best.entries()) {
      users.push(user);
      ranks.push(place + 1);
      items.push(item);
      scores.push(score);
    }
  }
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'user', data: users, type: 'STRING' },
      { name: 'rank', data: Int32Array.from(ranks), type: 'INT32' },
      { name: 'item', data: items, type: 'STRING' },
      { name: 'score', data: Float32Array.from(scores), type: 'FLOAT' },
    ],
  });
  await writeFile(file, new Uint8Array(buffer));
}
