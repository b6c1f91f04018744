import {
  formatReport,
  loadKnownDataset,
  readLog,
  type Dataset,
  type KnownDatasetName,
  type ReadDataset,
  type ReadLogOptions,
} from '@rl-recsys/datasets';
import { simulatedLog } from './moving-taste/world.js';
import type { TrainOptions } from './options.js';
import { progressBar } from './progress.js';

/** Makes, reads or downloads the ratings that the options ask for. */
export async function loadDataset(options: TrainOptions): Promise<Dataset> {
  switch (options.dataset) {
    case 'moving-taste':
      return simulatedLog(options.seed);
    case 'csv':
      return readLog(options.ratings!, { ...columnsOf(options), format: 'csv' });
    case 'events':
      return readLog(options.data!, columnsOf(options));
    default:
      return loadKnown(options.dataset, options.data);
  }
}

/** What was read, as lines to print. */
export function describeDataset({ name, log, replaced, report }: Dataset & Partial<ReadDataset>): string[] {
  if (report !== undefined) return formatReport(report);
  const size = `${name}: ${log.ratings.length} ratings of ${log.itemCount} items by ${log.userCount} users`;
  if (replaced === 0) return [size];
  return [size, `${replaced} ratings were replaced by a later one of the same user and item`];
}

function columnsOf(options: TrainOptions): ReadLogOptions {
  const { userColumn, itemColumn, ratingColumn, eventColumn, clickColumn, timeColumn, weights } = options;
  const { scale, maxBadRows, minimumPerUser, minimumPerItem } = options;
  const feedback =
    eventColumn !== undefined
      ? { event: eventColumn, weights: weights! }
      : clickColumn !== undefined
        ? { click: clickColumn }
        : { rating: ratingColumn ?? 'rating', ...(scale ? { scale: { min: scale[0], max: scale[1] } } : {}) };
  return {
    ...{ user: userColumn, item: itemColumn, maxBadRows, minimumPerUser, minimumPerItem },
    ...feedback,
    ...(timeColumn === undefined ? {} : { time: timeColumn }),
    ...itemsOf(options),
  };
}

function itemsOf({ itemsFile, itemColumn, titleColumn, categoryColumn }: TrainOptions) {
  if (itemsFile === undefined) return {};
  return {
    items: {
      ...{ source: itemsFile, id: itemColumn, separator: '|' },
      ...(titleColumn === undefined ? {} : { title: titleColumn }),
      ...(categoryColumn === undefined ? {} : { category: categoryColumn }),
    },
  };
}

async function loadKnown(name: KnownDatasetName, folder: string | undefined): Promise<Dataset> {
  if (folder !== undefined) return loadKnownDataset(name, { folder });
  const bar = progressBar(
    'downloading [{bar}] {percentage} % | {value} of {total} bytes | {eta_formatted} left',
  );
  try {
    return await loadKnownDataset(name, {
      onLicence: ({ terms, url }) => console.log(`${terms}\nThe full terms: ${url}`),
      onProgress: ({ received, total }) => bar.update(received, { total: total ?? received }),
    });
  } finally {
    bar.stop();
  }
}
