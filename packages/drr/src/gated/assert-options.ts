import { assertAll } from '../assert-all.js';
import { CANDIDATE_KINDS } from './candidate-kind.js';
import type { GatedLearnerOptions } from './options.js';

/** @throws RangeError where a number is out of its range, or a mix has not one weight for each block; it is named. */
export function assertGatedOptions(options: GatedLearnerOptions): void {
  const { hiddenSize, candidateCount, gateRange, residualRange, temperature, tau, dropout } = options;
  const { actorLearningRate, criticLearningRate, mixes, pools } = options;
  const isCount = (value: number) => Number.isSafeInteger(value) && value > 0;
  const isPositive = (value: number) => value > 0 && value < Infinity;
  assertAll('a positive integer', isCount, { hiddenSize, candidateCount });
  assertAll('a share from 0 to below 1', (value) => value >= 0 && value < 1, { dropout });
  assertAll('a finite number from 0', (value) => value >= 0 && value < Infinity, {
    gateRange,
    residualRange,
  });
  assertAll('a positive finite number', isPositive, { temperature, actorLearningRate, criticLearningRate });
  assertAll('above 0 and at most 1', (value) => value > 0 && value <= 1, { tau });
  for (const kind of CANDIDATE_KINDS) {
    const { length } = mixes[kind];
    if (length !== pools.blockCount) {
      throw new RangeError(`mixes.${kind}: expected ${pools.blockCount} weights like blocks, got ${length}`);
    }
  }
}
