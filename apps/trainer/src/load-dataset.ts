import {
  downloadMovieLens,
  readDelimited,
  readMovieLens100k,
  readMovieLens1m,
  type Dataset,
} from '@rl-recsys/datasets';
import { Random } from '@rl-recsys/random';
import { IdMap } from '@rl-recsys/rating-log';
import { syntheticRatingLog } from '@rl-recsys/simulators';
import type { TrainOptions } from './options.js';
import { progressBar } from './progress.js';

/** Makes, reads or downloads the ratings that the options ask for. */
export async function loadDataset(options: TrainOptions): Promise<Dataset> {
  switch (options.dataset) {
    case 'synthetic':
      return synthetic(options.seed);
    case 'ml-100k':
      return readMovieLens100k(options.data ?? (await download('ml-100k')));
    case 'ml-1m':
      return readMovieLens1m(options.data ?? (await download('ml-1m')));
    case 'csv':
      return readCsv(options);
  }
}

/** A log that needs no download; its ids say what they are. */
function synthetic(seed: number): Dataset {
  const log = syntheticRatingLog({ random: Random.fromSeed(seed).fork('synthetic ratings') });
  const idsOf = (kind: string, count: number) =>
    new IdMap(Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`));
  return {
    name: 'synthetic',
    log,
    users: idsOf('user', log.userCount),
    items: idsOf('item', log.itemCount),
    titles: new Map(),
    replaced: 0,
  };
}

async function readCsv({
  ratings,
  userColumn,
  itemColumn,
  ratingColumn,
  timeColumn,
  scale,
}: TrainOptions): Promise<Dataset> {
  return readDelimited(ratings!, {
    user: userColumn,
    item: itemColumn,
    rating: ratingColumn,
    ...(timeColumn === undefined ? {} : { timestamp: timeColumn }),
    ...(scale === undefined ? {} : { scale: { min: scale[0], max: scale[1] } }),
  });
}

async function download(name: 'ml-100k' | 'ml-1m'): Promise<string> {
  const bar = progressBar(
    'downloading [{bar}] {percentage} % | {value} of {total} bytes | {eta_formatted} left',
  );
  try {
    return await downloadMovieLens(name, {
      onLicence: ({ terms, url }) => console.log(`${terms}\nThe full terms: ${url}`),
      onProgress: ({ received, total }) => bar.update(received, { total: total ?? received }),
    });
  } finally {
    bar.stop();
  }
}
