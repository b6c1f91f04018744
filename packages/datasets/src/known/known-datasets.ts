import type { Dataset } from '../dataset.js';
import { readJester } from './jester.js';
import { readMovieLens100k, readMovieLens10m, readMovieLens1m, readMovieLensCsv } from './movielens.js';

/** The datasets that can be loaded by name. */
export type KnownDatasetName =
  'ml-100k' | 'ml-1m' | 'ml-10m' | 'ml-20m' | 'ml-25m' | 'ml-32m' | 'ml-latest-small' | 'jester';

/** On what terms a dataset may be used. */
export interface License {
  /** The terms in short. */
  readonly terms: string;
  /** Where the publisher's own words are. */
  readonly url: string;
}

/** How to get a dataset and how to read it. */
export interface KnownDataset {
  readonly license: License;
  readonly read: (folder: string, name: string) => Promise<Dataset>;
  /** Missing where there is no archive that can be read as it is. */
  readonly archive?: KnownArchive;
  /** Where to get a dataset without an archive, and what to do with it. */
  readonly instead?: string;
}

/** An archive of GroupLens, whose name is that of the dataset. */
export interface KnownArchive {
  readonly folder: string;
  /** Of the zip file, as its publisher gives it; missing where it changes. */
  readonly md5?: string;
}

/** Where GroupLens, the publisher of MovieLens, keeps the archives. */
export const grouplensUrl = 'https://files.grouplens.org/datasets/movielens';

const mayPassOn = 'You may not pass it on under other terms';
const mayNotPassOn = 'You may not pass it on';

export const knownDatasets: Readonly<Record<KnownDatasetName, KnownDataset>> = {
  'ml-100k': {
    archive: { folder: 'ml-100k', md5: '0e33842e24a9c977be4e0107933c0723' },
    license: movieLensLicense('MovieLens 100K', mayNotPassOn, 'ml-100k-README.txt'),
    read: readMovieLens100k,
  },
  'ml-1m': {
    archive: { folder: 'ml-1m', md5: 'c4d9eecfca2ab87c1945afe126590906' },
    license: movieLensLicense('MovieLens 1M', mayNotPassOn, 'ml-1m-README.txt'),
    read: readMovieLens1m,
  },
  'ml-10m': {
    archive: { folder: 'ml-10M100K', md5: 'ce571fd55effeba0271552578f2648bd' },
    license: movieLensLicense('MovieLens 10M', mayNotPassOn, 'ml-10m-README.html'),
    read: readMovieLens10m,
  },
  'ml-20m': {
    archive: { folder: 'ml-20m', md5: 'cd245b17a1ae2cc31bb14903e1204af3' },
    license: movieLensLicense('MovieLens 20M', mayPassOn, 'ml-20m-README.html'),
    read: readMovieLensCsv,
  },
  'ml-25m': {
    archive: { folder: 'ml-25m', md5: '6b51fb2759a8657d3bfcbfc42b592ada' },
    license: movieLensLicense('MovieLens 25M', mayPassOn, 'ml-25m-README.html'),
    read: readMovieLensCsv,
  },
  'ml-32m': {
    archive: { folder: 'ml-32m', md5: 'd472be332d4daa821edc399621853b57' },
    license: movieLensLicense('MovieLens 32M', mayPassOn, 'ml-32m-README.html'),
    read: readMovieLensCsv,
  },
  'ml-latest-small': {
    archive: { folder: 'ml-latest-small' },
    license: movieLensLicense(
      'MovieLens Latest Small, which changes over time and is not for published results,',
      mayPassOn,
      'ml-latest-small-README.html',
    ),
    read: readMovieLensCsv,
  },
  jester: {
    instead:
      'its publisher has Excel files: fetch them from https://eigentaste.berkeley.edu/dataset/, save their ' +
      'rows as jester-data-1.csv, -2.csv and -3.csv (one of them is enough), and give that folder',
    license: {
      terms:
        'Jester is for research. Publications must cite Goldberg, Roeder, Gupta and Perkins (2001), ' +
        'Eigentaste: A Constant Time Collaborative Filtering Algorithm.',
      url: 'https://eigentaste.berkeley.edu/dataset/',
    },
    read: readJester,
  },
};

function movieLensLicense(title: string, passingOn: string, readme: string): License {
  return {
    terms:
      `${title} is for research. ${passingOn}, nor earn money with it unless GroupLens permits, ` +
      'nor suggest that GroupLens or the University of Minnesota endorse you. ' +
      'Publications must cite Harper and Konstan (2015), doi.org/10.1145/2827872.',
    url: `${grouplensUrl}/${readme}`,
  };
}
