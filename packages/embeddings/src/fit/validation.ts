import { splitByTime, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';
import type { MatrixFactorization } from '../matrix-factorization.js';

/** When to stop: after `patience` epochs in a row that predict a held-out slice no better. */
export interface EarlyStoppingOptions {
  /** The newest share of each user's ratings, held out to measure on, not trained on (default 0.1). */
  readonly share?: number;
  /** Epochs to go on without a better measure (default 2). */
  readonly patience?: number;
}

/** How far a fit has come. */
export interface FitProgress {
  /** Epochs, or sweeps, that are done. */
  readonly done: number;
  /**
   * With early stopping, how wrong the model is on the held-out slice: the root mean squared error of
   * ratings, or one minus the AUC of likes.
   */
  readonly loss?: number;
}

/** A fit under way. */
export interface EpochFitter {
  /** One more pass over the ratings. */
  advance(): void;
  /** The model so far, a copy that later passes leave alone. */
  model(): MatrixFactorization;
}

/** How many epochs a fit takes, and what is measured after each. */
export interface EpochOptions {
  /** Epochs at most; positive. */
  readonly iterations: number;
  readonly earlyStopping?: EarlyStoppingOptions | undefined;
  readonly onIteration?: ((progress: FitProgress) => void) | undefined;
  /** Makes the loss of a model on the held-out slice, such as `ratingLoss`; lower is better. */
  readonly lossOn: (heldOut: RatingLog) => (model: MatrixFactorization) => number;
}

/**
 * Runs a fitter for all epochs, or with early stopping until its loss has not fallen for `patience`
 * epochs, and gives the model: the last, or with early stopping that of the epoch with the lowest loss.
 *
 * With early stopping the fitter begins with the older part of the log, and the newest share of each
 * user's ratings steers it. So a model's fingerprint has to cover the whole log either way.
 *
 * @param begin - starts a fit on what is to be trained on.
 * @throws RangeError where `share` or `patience` is out of range, or a part of the split has no ratings.
 */
export function fitInEpochs(
  log: RatingLog,
  { iterations, earlyStopping, onIteration, lossOn }: EpochOptions,
  begin: (train: RatingLog) => EpochFitter,
): MatrixFactorization {
  if (log.items.length === 0) throw new RangeError('log: expected ratings, got none');
  if (earlyStopping === undefined) {
    const fitter = begin(log);
    for (let done = 1; done <= iterations; done++) {
      fitter.advance();
      onIteration?.({ done });
    }
    return fitter.model();
  }

  const { share = 0.1, patience = 2 } = earlyStopping;
  const { train, test } = holdOutNewest(log, share);
  if (!Number.isSafeInteger(patience) || patience < 1) {
    throw new RangeError(`earlyStopping.patience: expected a positive integer, got ${patience}`);
  }
  const lossOf = lossOn(test);
  const fitter = begin(train);
  let best: { loss: number; done: number; model: MatrixFactorization } | undefined;
  for (let done = 1; done <= iterations; done++) {
    fitter.advance();
    const model = fitter.model();
    const loss = lossOf(model);
    onIteration?.({ done, loss });
    if (best === undefined || loss < best.loss) best = { loss, done, model };
    else if (done - best.done >= patience) break;
  }
  return best!.model;
}

function holdOutNewest(log: RatingLog, share: number): TimeSplit {
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`earlyStopping.share: expected a share above 0 and below 1, got ${share}`);
  }
  const { train, test } = splitByTime(log, { testShare: share });
  if (train.items.length === 0 || test.items.length === 0) {
    throw new RangeError(
      `earlyStopping.share: expected ratings on both sides of the cut, ` +
        `got ${train.items.length} older and ${test.items.length} newer ones`,
    );
  }
  return { train, test };
}
