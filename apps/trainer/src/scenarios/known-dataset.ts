import { loadKnownDataset, type Dataset, type KnownDatasetName } from '@rl-recsys/datasets';
import { say } from '../terminal/output.js';
import { progressOf } from '../terminal/progress.js';

/** Reads a known dataset from the folder where it is already, or downloads it with a bar, after its terms. */
export async function loadKnown(name: KnownDatasetName, folder: string | undefined): Promise<Dataset> {
  if (folder !== undefined) return loadKnownDataset(name, { folder });
  const progress = progressOf('downloading', 'kB');
  const kilobytes = (bytes: number) => Math.round(bytes / 1000);
  try {
    return await loadKnownDataset(name, {
      onLicense: ({ terms, url }) => say(`${terms}\nThe full terms: ${url}`),
      onProgress: ({ received, total }) =>
        progress.show(kilobytes(received), total === undefined ? undefined : kilobytes(total)),
    });
  } finally {
    progress.stop();
  }
}
