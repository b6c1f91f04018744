import { fingerprintOf, rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import type { EmbeddingBlock } from './embedding-block.js';
import { createEmbeddingTable } from '../embedding-table.js';
import { assertPositiveIntegers } from '../fit/fit-arguments.js';
import { predictRating, type MatrixFactorization } from '../matrix-factorization.js';

export interface AftermathOptions {
  /** A longer pause than this ends a session, in seconds (default 1800, the usual half an hour). */
  readonly sessionGap?: number;
  /** How many of the session's next ratings an item answers for (default 3). */
  readonly window?: number;
  /** What each of them counts beside the one before it (default 0.7). */
  readonly decay?: number;
  /** Ratings as predicted that are added to each item's, so that rare items stay near 0 (default 10). */
  readonly regularization?: number;
}

/**
 * `aftermath`: 1 for a user, and for an item how much higher the session's next ratings are than the model
 * expects, a shrunk weighted mean, scaled to be as large as the model's item biases.
 *
 * Ratings tell what an item earns. This tells what it leaves behind: clickbait is rated well and spoils the mood.
 * It is of use to agents that plan ahead; one that looks at the next item alone gains nothing from it.
 * Ours; the defaults were found on users whose taste moves (`movingTasteLog`), where several hundred ratings an item
 * are needed to see it.
 *
 * @param log - the training part of a log, with times in seconds.
 * @param model - fitted on the ratings of the same log.
 * @throws RangeError where an option is out of range, or the model has other users or items than the log.
 */
export function aftermathBlock(
  log: RatingLog,
  model: MatrixFactorization,
  { sessionGap = 1800, window = 3, decay = 0.7, regularization = 10 }: AftermathOptions = {},
): EmbeddingBlock {
  assertOptions({ sessionGap, window, decay, regularization });
  if (model.users.rows !== log.userCount || model.items.rows !== log.itemCount) {
    throw new RangeError(
      `model: expected ${log.userCount} users and ${log.itemCount} items like the log, got ${model.users.rows} and ${model.items.rows}`,
    );
  }
  const { items, ratings, timestamps } = log;
  const sums = new Float64Array(log.itemCount);
  const weights = new Float64Array(log.itemCount).fill(regularization);
  for (let user = 0; user < log.userCount; user++) {
    const { start, end } = rowsOf(log, user);
    for (let row = start + 1; row < end; row++) {
      const surprise = ratings[row]! - predictRating(model, user, items[row]!);
      let weight = 1;
      const first = Math.max(start, row - window);
      for (let earlier = row - 1; earlier >= first; earlier--) {
        if (timestamps[earlier + 1]! - timestamps[earlier]! > sessionGap) break;
        sums[items[earlier]!]! += weight * surprise;
        weights[items[earlier]!]! += weight;
        weight *= decay;
      }
    }
  }
  const effects = sums.map((sum, item) => (weights[item] === 0 ? 0 : sum / weights[item]!));
  const scale = rootMeanSquare(model.itemBias) / (rootMeanSquare(effects) || 1);
  return {
    name: 'aftermath',
    users: createEmbeddingTable(new Float32Array(log.userCount).fill(1), 1),
    items: createEmbeddingTable(
      Float32Array.from(effects, (effect) => scale * effect),
      1,
    ),
    fittedOn: [fingerprintOf(log)],
  };
}

function rootMeanSquare(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}

function assertOptions({ sessionGap, window, decay, regularization }: Required<AftermathOptions>): void {
  if (!(sessionGap >= 0)) throw new RangeError(`sessionGap: expected a number from 0, got ${sessionGap}`);
  assertPositiveIntegers({ window });
  if (!(decay >= 0 && decay <= 1)) throw new RangeError(`decay: expected 0 to 1, got ${decay}`);
  if (!(regularization >= 0 && regularization < Infinity)) {
    throw new RangeError(`regularization: expected a number from 0, got ${regularization}`);
  }
}
