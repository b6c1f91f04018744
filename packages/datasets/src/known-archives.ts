/** The datasets that can be downloaded. */
export type MovieLensName = 'ml-100k' | 'ml-1m';

/** On what terms a dataset may be used. */
export interface Licence {
  /** The terms in short. */
  readonly terms: string;
  /** Where the publisher's own words are. */
  readonly url: string;
}

/** What must come out of a download. */
export interface KnownArchive {
  /** Of the zip file, as its publisher gives it. */
  readonly md5: string;
  readonly licence: Licence;
}

/** Where GroupLens, the publisher of MovieLens, keeps the archives. */
export const grouplensUrl = 'https://files.grouplens.org/datasets/movielens';

export const knownArchives: Readonly<Record<MovieLensName, KnownArchive>> = {
  'ml-100k': {
    md5: '0e33842e24a9c977be4e0107933c0723',
    licence: licenceOf('MovieLens 100K', 'ml-100k'),
  },
  'ml-1m': {
    md5: 'c4d9eecfca2ab87c1945afe126590906',
    licence: licenceOf('MovieLens 1M', 'ml-1m'),
  },
};

function licenceOf(title: string, name: MovieLensName): Licence {
  return {
    terms:
      `${title} is for research. You may not pass it on, nor earn money with it unless GroupLens permits, ` +
      'nor suggest that GroupLens or the University of Minnesota endorse you. ' +
      'Publications must cite Harper and Konstan (2015), doi.org/10.1145/2827872.',
    url: `${grouplensUrl}/${name}-README.txt`,
  };
}
