import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createRatingLog, IdMap } from '@rl-recsys/rating-log';
import type { Dataset } from './dataset.js';
import { DatasetError } from './dataset-error.js';
import { GrowingColumn } from './growing-column.js';
import { parseNumber } from './numbers.js';
import { readRows, rowError, type Row } from './rows.js';

const jokeCount = 100;
const scale = { min: -10, max: 10 };
const notRated = 99;

/** Jester's three parts, as CSV. */
const parts = [1, 2, 3].map((part) => ({ part, file: `jester-data-${part}.csv` }));

/** Reads those of `jester-data-1.csv`, `-2.csv` and `-3.csv` that the folder has. */
export async function readJester(folder: string, name: string): Promise<Dataset> {
  const userIds: string[] = [];
  const users = new GrowingColumn((length) => new Int32Array(length));
  const items = new GrowingColumn((length) => new Int32Array(length));
  const ratings = new GrowingColumn((length) => new Float32Array(length));
  for (const { part, file } of await existing(folder)) {
    let rows = 0;
    await readRows(
      file,
      { delimiter: ',', columnCount: 1 + jokeCount, encoding: 'utf8', quotes: true },
      (row) => {
        const before = ratings.length;
        for (let joke = 1; joke <= jokeCount; joke++) {
          const rating = ratingIn(row, joke);
          if (rating === undefined) continue;
          users.push(userIds.length);
          items.push(joke - 1);
          ratings.push(rating);
        }
        assertCount(row, ratings.length - before);
        userIds.push(`${part}-${++rows}`);
      },
    );
  }
  if (ratings.length === 0) throw new DatasetError(`${folder}: expected ratings of Jester, got none`);
  const log = createRatingLog({
    userCount: userIds.length,
    itemCount: jokeCount,
    users: users.column,
    items: items.column,
    ratings: ratings.column,
    timestamps: new Float64Array(ratings.length),
    scale,
  });
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

function ratingIn(row: Row, joke: number): number | undefined {
  const text = row.fields[joke]!;
  const rating = parseNumber(text);
  if (rating === notRated) return undefined;
  if (rating !== undefined && rating >= scale.min && rating <= scale.max) return rating;
  const expected = `${scale.min} to ${scale.max}, or ${notRated} for none,`;
  throw rowError(row, `expected ${expected} in the column of joke ${joke}, got ${JSON.stringify(text)}`);
}

/** The first column says how many jokes the user rated. */
function assertCount(row: Row, count: number): void {
  const [text] = row.fields;
  if (parseNumber(text!) === count) return;
  throw rowError(row, `expected ${text} ratings as the first column says, got ${count}`);
}
