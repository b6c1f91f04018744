import { progressOf } from '../terminal/progress.js';
import { compareWithBaselines, type Comparison, type ComparisonOptions } from './compare.js';

/** Compares, and shows how many policies are judged. */
export function compareWithProgress(options: ComparisonOptions): Comparison {
  const progress = progressOf('evaluating', 'policies');
  try {
    return compareWithBaselines({ ...options, onJudged: (done, total) => progress.show(done, total) });
  } finally {
    progress.stop();
  }
}
