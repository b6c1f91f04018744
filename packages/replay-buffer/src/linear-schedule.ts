import { assertPositiveInteger } from './assert.js';

/**
 * A value that goes in a straight line from `from` at step 0 to `to` at step `steps`, and stays there.
 *
 * It anneals β of prioritized replay: `linearSchedule(step, { from: 0.4, to: 1, steps })`. Schaul et
 * al. 2016, arXiv 1511.05952, section 3.4.
 *
 * @throws RangeError where `step` is not an integer of at least 0, or `steps` not of at least 1, or an end is not finite.
 */
export function linearSchedule(
  step: number,
  { from, to, steps }: { readonly from: number; readonly to: number; readonly steps: number },
): number {
  assertPositiveInteger('steps', steps);
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new RangeError(`step: expected an integer of at least 0, got ${step}`);
  }
  for (const [name, value] of Object.entries({ from, to })) {
    if (!Number.isFinite(value)) throw new RangeError(`${name}: expected a finite number, got ${value}`);
  }
  // At the end the sum below may be rounded to just beside `to`.
  return step >= steps ? to : from + (to - from) * (step / steps);
}
