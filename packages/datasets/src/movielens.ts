import { join } from 'node:path';
import type { IdMap, RatingScale } from '@rl-recsys/rating-log';
import type { Dataset } from './dataset.js';
import { readNumericRatings, type NumericFormat } from './numeric-ratings.js';
import { readRows, type RowFormat } from './rows.js';

/** What is known of the films, by item index. */
type Films = Pick<Dataset, 'titles' | 'categories'>;

const wholeStars = { min: 1, max: 5 };
const halfStars = { min: 0.5, max: 5 };

/** Reads the folder of MovieLens 100K: `u.data`, `u.item` and `u.genre`. */
export async function readMovieLens100k(folder: string, name: string): Promise<Dataset> {
  const ratings = await readNumericRatings(join(folder, 'u.data'), { delimiter: '\t', scale: wholeStars });
  const genres: string[] = [];
  await readRows(join(folder, 'u.genre'), headless('|', 'latin1'), ({ fields }) => genres.push(fields[0]!));
  // After the id, the title, two dates and a link, a flag for each genre.
  const format = { ...headless('|', 'latin1'), columnCount: 5 + genres.length };
  const films = await readFilms(join(folder, 'u.item'), format, ratings.items, (fields) =>
    genres.filter((genre, index) => genre !== 'unknown' && fields[5 + index] === '1'),
  );
  return { name, ...ratings, ...films };
}

/** Reads the folder of MovieLens 1M: `ratings.dat` and `movies.dat`. */
export async function readMovieLens1m(folder: string, name: string): Promise<Dataset> {
  return readDatFiles(folder, name, wholeStars, 'latin1');
}

/** Reads the folder of MovieLens 10M: `ratings.dat` and `movies.dat`. */
export async function readMovieLens10m(folder: string, name: string): Promise<Dataset> {
  return readDatFiles(folder, name, halfStars, 'utf8');
}

/** Reads the folder of MovieLens 20M and later ones: `ratings.csv` and `movies.csv`. */
export async function readMovieLensCsv(folder: string, name: string): Promise<Dataset> {
  const format: NumericFormat = {
    delimiter: ',',
    header: 'userId,movieId,rating,timestamp',
    scale: halfStars,
  };
  const ratings = await readNumericRatings(join(folder, 'ratings.csv'), format);
  const filmFormat: RowFormat = { delimiter: ',', columnCount: 3, encoding: 'utf8', quotes: true };
  const films = await readFilms(join(folder, 'movies.csv'), filmFormat, ratings.items, listedGenres);
  return { name, ...ratings, ...films };
}

async function readDatFiles(
  folder: string,
  name: string,
  scale: RatingScale,
  encoding: 'latin1' | 'utf8',
): Promise<Dataset> {
  const ratings = await readNumericRatings(join(folder, 'ratings.dat'), { delimiter: '::', scale });
  const format = { ...headless('::', encoding), columnCount: 3 };
  const films = await readFilms(join(folder, 'movies.dat'), format, ratings.items, listedGenres);
  return { name, ...ratings, ...films };
}

function headless(delimiter: string, encoding: 'latin1' | 'utf8'): RowFormat {
  return { delimiter, encoding, quotes: false };
}

/** Titles and genres by item index: each catalogue begins with the id and the title. */
async function readFilms(
  file: string,
  format: RowFormat,
  items: IdMap,
  genresOf: (fields: readonly string[]) => readonly string[],
): Promise<Films> {
  const titles = new Map<number, string>();
  const categories = new Map<number, readonly string[]>();
  await readRows(file, format, ({ fields }) => {
    const item = items.indexOf(fields[0]!); // a header's `movieId` is no item either
    if (item === undefined) return;
    titles.set(item, fields[1]!);
    const genres = genresOf(fields);
    if (genres.length > 0) categories.set(item, genres);
  });
  return { titles, categories };
}

function listedGenres([, , genres = '']: readonly string[]): readonly string[] {
  return genres === '(no genres listed)' || genres === '' ? [] : genres.split('|');
}
