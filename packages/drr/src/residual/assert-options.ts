import { assertAll } from '../assert-all.js';
import type { ResidualLearnerOptions } from './options.js';

/** @throws RangeError where a number is out of its range or a gate is of no block; it is named. */
export function assertOptions(options: ResidualLearnerOptions): void {
  const { hiddenSize, policyDelay, actorDropout, criticDropout } = options;
  const { residualRange, gateRange, temperature, tau, blocks, gates = {} } = options;
  const isCount = (value: number) => Number.isSafeInteger(value) && value > 0;
  assertAll('a positive integer', isCount, { hiddenSize, policyDelay });
  assertAll('a share from 0 to below 1', (value) => value >= 0 && value < 1, { actorDropout, criticDropout });
  assertAll('a finite number from 0', (value) => value >= 0 && value < Infinity, {
    residualRange,
    gateRange,
  });
  assertAll('a positive finite number', (value) => value > 0 && value < Infinity, { temperature });
  assertAll('above 0 and at most 1', (value) => value > 0 && value <= 1, { tau });
  const names = blocks.map(({ name }) => name);
  for (const name of Object.keys(gates)) {
    if (!names.includes(name))
      throw new RangeError(`gates: expected one of ${names.join(', ')}, got ${name}`);
  }
  assertAll('a finite number', Number.isFinite, gates);
}
