import { loadKnownDataset, type Dataset, type KnownDatasetName } from '@rl-recsys/datasets';
import { progressBar } from '../terminal/progress.js';

/** Reads a known dataset from the folder where it is already, or downloads it with a bar, after its terms. */
export async function loadKnown(name: KnownDatasetName, folder: string | undefined): Promise<Dataset> {
  if (folder !== undefined) return loadKnownDataset(name, { folder });
  const bar = progressBar(
    'downloading [{bar}] {percentage} % | {value} of {total} bytes | {eta_formatted} left',
  );
  try {
    return await loadKnownDataset(name, {
      onLicense: ({ terms, url }) => console.log(`${terms}\nThe full terms: ${url}`),
      onProgress: ({ received, total }) => bar.update(received, { total: total ?? received }),
    });
  } finally {
    bar.stop();
  }
}
