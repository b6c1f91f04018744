import { join } from 'node:path';
import type { IdMap } from '@rl-recsys/rating-log';
import type { RatingFields } from './columns.js';
import type { Dataset } from './dataset.js';
import { RatingCollector } from './rating-collector.js';
import { readRows, type RowFormat } from './rows.js';

const fields: RatingFields = {
  user: { name: 'user', position: 0 },
  item: { name: 'item', position: 1 },
  rating: { name: 'rating', position: 2 },
  timestamp: { name: 'timestamp', position: 3 },
};

const stars = { min: 1, max: 5 };

/** A file without a header line, in MovieLens' way. */
function headless(delimiter: string, columnCount: number): RowFormat {
  return { delimiter, columnCount, encoding: 'latin1', quotes: false };
}

/**
 * Reads MovieLens 100K: 100,000 ratings of 1,682 films by 943 users, with their titles.
 *
 * @param folder - where `u.data` and `u.item` are. Ids are those of the files, `1` and up; timestamps
 * are seconds since 1970.
 * @throws DatasetError where a file is missing or malformed.
 */
export async function readMovieLens100k(folder: string): Promise<Dataset> {
  const dataset = await readRatings('ml-100k', join(folder, 'u.data'), headless('\t', 4));
  const titles = await readTitles(join(folder, 'u.item'), headless('|', 24), dataset.items);
  return { ...dataset, titles };
}

/**
 * Reads MovieLens 1M: 1,000,209 ratings of 3,706 films by 6,040 users, with their titles.
 *
 * The catalogue lists 3,883 films; those that nobody rated are left out.
 *
 * @param folder - where `ratings.dat` and `movies.dat` are. Ids are those of the files; timestamps are
 * seconds since 1970.
 * @throws DatasetError where a file is missing or malformed.
 */
export async function readMovieLens1m(folder: string): Promise<Dataset> {
  const dataset = await readRatings('ml-1m', join(folder, 'ratings.dat'), headless('::', 4));
  const titles = await readTitles(join(folder, 'movies.dat'), headless('::', 3), dataset.items);
  return { ...dataset, titles };
}

async function readRatings(name: string, file: string, format: RowFormat): Promise<Dataset> {
  const ratings = new RatingCollector(file, stars);
  await readRows(file, format, (row) => ratings.add(row, fields));
  return ratings.finish(name);
}

/** Titles by item index: both catalogues begin with the id and the title. */
async function readTitles(file: string, format: RowFormat, items: IdMap): Promise<Map<number, string>> {
  const titles = new Map<number, string>();
  await readRows(file, format, ({ fields: [id, title] }) => {
    const item = items.indexOf(id!);
    if (item !== undefined) titles.set(item, title!);
  });
  return titles;
}
