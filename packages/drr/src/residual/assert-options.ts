import {
  assertBackend,
  assertNumbers,
  FINITE,
  integerFrom,
  NOT_NEGATIVE,
  POSITIVE,
  SHARE_ABOVE_0,
  SHARE_BELOW_1,
} from '@rl-recsys/agent';
import type { ResidualLearnerOptions } from './options.js';

/** @throws RangeError where a number is out of its range or a gate is of no block; it is named. Error where there is no backend. */
export function assertOptions(options: ResidualLearnerOptions): void {
  assertBackend();
  const { hiddenSize, policyDelay, actorDropout, criticDropout } = options;
  const { residualRange, gateRange, temperature, tau, blocks, gates = {} } = options;
  const { actorLearningRate, criticLearningRate } = options;
  assertNumbers(integerFrom(1), { hiddenSize, policyDelay });
  assertNumbers(SHARE_BELOW_1, { actorDropout, criticDropout });
  assertNumbers(NOT_NEGATIVE, { residualRange, gateRange });
  assertNumbers(POSITIVE, { temperature, actorLearningRate, criticLearningRate });
  assertNumbers(SHARE_ABOVE_0, { tau });
  const names = blocks.map(({ name }) => name);
  for (const name of Object.keys(gates)) {
    if (!names.includes(name))
      throw new RangeError(`gates: expected one of ${names.join(', ')}, got ${name}`);
  }
  assertNumbers(FINITE, gates);
}
