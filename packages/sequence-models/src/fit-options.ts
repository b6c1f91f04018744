import {
  assertBackend,
  assertNumbers,
  integerFrom,
  NOT_NEGATIVE,
  POSITIVE,
  SHARE_BELOW_1,
} from '@rl-recsys/agent';
import type { FitControl, SavedLinear } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';

/** How any model of sequences is fitted. The defaults were found for GRU4Rec, on slices of the training parts of MovieLens 100K. */
export interface SequenceFitOptions extends FitControl {
  /** Draws starting weights, windows, candidates and what is dropped; nothing is taken from the stream itself. */
  readonly random: Random;
  /** A linear model, such as SLIT, whose strongest factors the items begin at (default: at random, which takes several times as long). */
  readonly startFrom?: SavedLinear;
  /** d, numbers in an item's vector (default 64; with `startFrom` at most as many as items). */
  readonly size?: number;
  /** How many of the last items are read (default 50). */
  readonly window?: number;
  /** Windows of each user in an epoch (default 2). */
  readonly windowsPerUser?: number;
  /** Default 12. */
  readonly epochs?: number;
  /** Windows in an update (default 64). */
  readonly batchSize?: number;
  /** The largest learning rate, after a tenth of all updates; it ends near 0 (default 0.003 for GRU4Rec, 0.002 for SASRec). */
  readonly learningRate?: number;
  /** The share of numbers that training drops of what is read and of what the layers make of it (default 0.3). */
  readonly dropout?: number;
  /** What a next item counts that was not liked, beside 1 for one that was (default 0.2). */
  readonly disliked?: number;
  /** How many other items a next one is held against: all, or so many drawn anew for each update (default 1,000). */
  readonly negatives?: number;
}

/** The same, where nothing is left to its default. */
export type AllSequenceFitOptions = SequenceFitOptions &
  Required<Omit<SequenceFitOptions, 'startFrom' | keyof FitControl>>;

/** What is left out, but for the learning rate, of which each model has its own. */
export const SEQUENCE_FIT_DEFAULTS = {
  size: 64,
  window: 50,
  windowsPerUser: 2,
  epochs: 12,
  batchSize: 64,
  dropout: 0.3,
  disliked: 0.2,
  negatives: 1000,
} as const;

/** @throws RangeError where an option of a fit is out of range; it names it. */
export function assertFitOptions(options: AllSequenceFitOptions): void {
  assertBackend();
  const { size, window, windowsPerUser, epochs, batchSize, negatives } = options;
  const { learningRate, dropout, disliked } = options;
  assertNumbers(integerFrom(1), { size, window, windowsPerUser, epochs, batchSize, negatives });
  assertNumbers(POSITIVE, { learningRate });
  assertNumbers(SHARE_BELOW_1, { dropout });
  assertNumbers(NOT_NEGATIVE, { disliked });
}
