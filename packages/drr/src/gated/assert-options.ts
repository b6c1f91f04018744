import {
  assertBackend,
  assertNumbers,
  integerFrom,
  NOT_NEGATIVE,
  POSITIVE,
  SHARE_ABOVE_0,
  SHARE_BELOW_1,
} from '@rl-recsys/agent';
import { assertOptionNames } from '@rl-recsys/random';
import { CANDIDATE_KINDS } from './candidate-kind.js';
import { GATED_LEARNER_NAMES, type GatedLearnerOptions } from './options.js';

/** @throws RangeError where an option is unknown, a number is out of its range, or a mix has not one weight for each block; it is named. */
export function assertGatedOptions(options: GatedLearnerOptions): void {
  assertOptionNames(options, GATED_LEARNER_NAMES);
  assertBackend();
  const { hiddenSize, candidateCount, gateRange, residualRange, temperature, tau, dropout } = options;
  const { actorLearningRate, criticLearningRate, mixes, pools } = options;
  assertNumbers(integerFrom(1), { hiddenSize, candidateCount });
  assertNumbers(SHARE_BELOW_1, { dropout });
  assertNumbers(NOT_NEGATIVE, { gateRange, residualRange });
  assertNumbers(POSITIVE, { temperature, actorLearningRate, criticLearningRate });
  assertNumbers(SHARE_ABOVE_0, { tau });
  for (const kind of CANDIDATE_KINDS) {
    const { length } = mixes[kind];
    if (length !== pools.blockCount) {
      throw new RangeError(`mixes.${kind}: expected ${pools.blockCount} weights like blocks, got ${length}`);
    }
  }
}
