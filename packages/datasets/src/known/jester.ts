import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { IdMap } from '@rl-recsys/rating-log';
import type { Cells } from '../cells.js';
import type { Dataset } from '../dataset.js';
import { DatasetError, rowError } from '../dataset-error.js';
import { logOfBlocks } from '../log-of-blocks.js';
import { RatingBlocks } from '../rating-blocks.js';
import { readSoundRows } from './sound-rows.js';

const jokeCount = 100;
const scale = { min: -10, max: 10 };
const notRated = 99;
/** Its files have no header: how many jokes a user rated, then the ratings. */
const columns = ['count', ...Array.from({ length: jokeCount }, (_, joke) => `joke ${joke + 1}`)];

/** Jester's three parts, as CSV. */
const parts = [1, 2, 3].map((part) => ({ part, file: `jester-data-${part}.csv` }));

/** Reads those of `jester-data-1.csv`, `-2.csv` and `-3.csv` that the folder has. */
export async function readJester(folder: string, name: string): Promise<Dataset> {
  const userIds: string[] = [];
  const blocks = new RatingBlocks();
  for (const { part, file } of await existing(folder)) {
    let rows = 0;
    await readSoundRows(file, { delimiter: ',' }, columns, (cells) => {
      const before = blocks.length;
      for (let joke = 1; joke <= jokeCount; joke++) {
        const rating = ratingIn(file, cells, joke);
        if (rating !== notRated) blocks.push(userIds.length, joke - 1, rating, 0);
      }
      assertCount(file, cells, blocks.length - before);
      userIds.push(`${part}-${++rows}`);
    });
  }
  if (blocks.length === 0) throw new DatasetError(`${folder}: expected ratings of Jester, got none`);
  const sizes = { userCount: userIds.length, itemCount: jokeCount };
  const log = logOfBlocks(blocks, sizes, scale, 'latest');
  const jokes = new IdMap(Array.from({ length: jokeCount }, (_, joke) => String(joke + 1)));
  return {
    name,
    log,
    users: new IdMap(userIds),
    items: jokes,
    titles: new Map(),
    categories: new Map(),
    replaced: 0,
  };
}

async function existing(folder: string): Promise<{ part: number; file: string }[]> {
  const found: { part: number; file: string }[] = [];
  for (const { part, file: name } of parts) {
    const file = join(folder, name);
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    if (exists) found.push({ part, file });
  }
  if (found.length > 0) return found;
  throw new DatasetError(
    `${folder}: expected one or more of ${parts.map(({ file }) => file).join(', ')}, got none of them`,
  );
}

function ratingIn(file: string, cells: Cells, joke: number): number {
  const rating = cells.number(joke);
  if (rating === notRated || (rating >= scale.min && rating <= scale.max)) return rating;
  const expected = `${scale.min} to ${scale.max}, or ${notRated} for none,`;
  const got = JSON.stringify(cells.text(joke));
  const reason = `expected ${expected} in the column of joke ${joke}, got ${got}`;
  throw rowError(file, cells.line, { reason });
}

/** The first column says how many jokes the user rated. */
function assertCount(file: string, cells: Cells, count: number): void {
  if (cells.number(0) === count) return;
  const reason = `expected ${cells.text(0)} ratings as the first column says, got ${count}`;
  throw rowError(file, cells.line, { reason });
}
