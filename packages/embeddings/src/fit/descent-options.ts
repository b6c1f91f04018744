import type { Random } from '@rl-recsys/random';
import { assertPositive, assertPositiveIntegers } from './fit-arguments.js';
import type { EarlyStoppingOptions, FitProgress } from './validation.js';

/** What all fits by stochastic gradient descent take. */
export interface DescentOptions {
  /** Draws the starting vectors, the order of each epoch and more; nothing is taken from the stream itself. */
  readonly random: Random;
  /** Dimensions of a vector, the biases apart (default 16). */
  readonly factors?: number;
  /** How far a step goes in the first epoch. */
  readonly learningRate?: number;
  /** What the learning rate is multiplied by after each epoch, above 0 and at most 1. */
  readonly learningRateDecay?: number;
  /** Stop when a held-out slice is predicted no better, with the best epoch's model (default: never). */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Called after each epoch. */
  readonly onIteration?: (progress: FitProgress) => void;
}

/** @throws RangeError where a number is out of range; it names it. */
export function assertDescent(
  counts: { factors: number; iterations: number },
  penalties: Readonly<Record<string, number>>,
  { learningRate, learningRateDecay }: { learningRate: number; learningRateDecay: number },
): void {
  assertPositiveIntegers(counts);
  assertPositive({ ...penalties, learningRate });
  if (!(learningRateDecay > 0 && learningRateDecay <= 1)) {
    throw new RangeError(
      `learningRateDecay: expected a number above 0 and at most 1, got ${learningRateDecay}`,
    );
  }
}
