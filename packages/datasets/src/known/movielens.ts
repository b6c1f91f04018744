import { join } from 'node:path';
import type { IdMap } from '@rl-recsys/rating-log';
import type { Dataset } from '../dataset.js';
import { readStrictLog } from '../read-log.js';
import type { ReadLogOptions } from '../read-log-options.js';
import type { TextEncoding } from '../text/text-options.js';
import { readSoundRows } from './sound-rows.js';

const wholeStars = { min: 1, max: 5 };
const halfStars = { min: 0.5, max: 5 };

/** Of files without a header line. */
const columns = ['user', 'item', 'rating', 'timestamp'];
const names = { user: 'user', item: 'item', rating: 'rating', time: 'timestamp' };
/** A quote is a character as any other in files without a header line. */
const genreFormat = { delimiter: '|', encoding: 'latin1', quotes: false } as const;

/** Reads the folder of MovieLens 100K: `u.data`, `u.item` and `u.genre`. */
export async function readMovieLens100k(folder: string, name: string): Promise<Dataset> {
  const ratings = await readRatings(join(folder, 'u.data'), name, {
    ...{ ...names, columns, delimiter: '\t', scale: wholeStars },
  });
  const genres: string[] = [];
  await readSoundRows(join(folder, 'u.genre'), genreFormat, ['genre', 'number'], (cells) => {
    genres.push(cells.text(0));
  });
  return { ...ratings, ...(await readFlaggedFilms(join(folder, 'u.item'), genres, ratings.items)) };
}

/** Reads the folder of MovieLens 1M: `ratings.dat` and `movies.dat`. */
export async function readMovieLens1m(folder: string, name: string): Promise<Dataset> {
  return readRatings(join(folder, 'ratings.dat'), name, {
    ...{ ...names, columns, delimiter: '::', scale: wholeStars, items: datFilms(folder, 'latin1') },
  });
}

/** Reads the folder of MovieLens 10M: `ratings.dat` and `movies.dat`. */
export async function readMovieLens10m(folder: string, name: string): Promise<Dataset> {
  return readRatings(join(folder, 'ratings.dat'), name, {
    ...{ ...names, columns, delimiter: '::', scale: halfStars, items: datFilms(folder, 'utf-8') },
  });
}

/** Reads the folder of MovieLens 20M and later ones: `ratings.csv` and `movies.csv`. */
export async function readMovieLensCsv(folder: string, name: string): Promise<Dataset> {
  const source = join(folder, 'movies.csv');
  return readRatings(join(folder, 'ratings.csv'), name, {
    ...{ user: 'userId', item: 'movieId', rating: 'rating', time: 'timestamp', scale: halfStars },
    ...{ delimiter: ',', items: { source, delimiter: ',', ...listedGenres, id: 'movieId' } },
  });
}

async function readRatings(file: string, name: string, options: ReadLogOptions): Promise<Dataset> {
  const { log, users, items, titles, categories, replaced } = await readStrictLog(file, {
    ...{ format: 'csv', quotes: false, plainNumbers: true, ...options },
  });
  const known = Array.from(categories).filter(([, [genre]]) => genre !== '(no genres listed)');
  return { name, log, users, items, titles, categories: new Map(known), replaced };
}

const listedGenres = { title: 'title', category: 'genres', separator: '|' };

function datFilms(folder: string, encoding: TextEncoding): NonNullable<ReadLogOptions['items']> {
  return {
    ...{ source: join(folder, 'movies.dat'), format: 'csv', delimiter: '::', encoding, quotes: false },
    ...{ columns: ['movie', 'title', 'genres'], id: 'movie', ...listedGenres },
  };
}

/** After the id, the title, two dates and a link, a flag for each genre. */
async function readFlaggedFilms(
  file: string,
  genres: readonly string[],
  items: IdMap,
): Promise<Pick<Dataset, 'titles' | 'categories'>> {
  const titles = new Map<number, string>();
  const categories = new Map<number, readonly string[]>();
  const all = ['movie', 'title', 'released', 'video', 'link', ...genres];
  await readSoundRows(file, genreFormat, all, (cells) => {
    const item = items.indexOf(cells.text(0));
    if (item === undefined) return;
    titles.set(item, cells.text(1));
    const own = genres.filter((genre, index) => genre !== 'unknown' && cells.text(5 + index) === '1');
    if (own.length > 0) categories.set(item, own);
  });
  return { titles, categories };
}
