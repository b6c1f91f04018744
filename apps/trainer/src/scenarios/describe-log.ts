import type { Dataset } from '@rl-recsys/datasets';
import type { LoadedLog } from './scenario.js';

/** A dataset with lines that say how large it is. */
export function described(dataset: Dataset): LoadedLog {
  const { name, log, replaced } = dataset;
  const size = `${name}: ${log.ratings.length} ratings of ${log.itemCount} items by ${log.userCount} users`;
  if (replaced === 0) return { dataset, lines: [size] };
  return {
    dataset,
    lines: [size, `${replaced} ratings were replaced by a later one of the same user and item`],
  };
}
