import { checkNumber, type ColumnRule } from '../columns.js';
import type { EstimateOptions } from '../estimate.js';

/** What estimators of sessions take. */
export interface SessionOptions extends EstimateOptions {
  /** γ: what a reward one step later is worth, above 0 and at most 1 (default 1). */
  readonly discount?: number;
}

const DISCOUNT: ColumnRule = {
  expected: 'a number above 0 and at most 1',
  holds: (value) => value > 0 && value <= 1,
};

/** @throws RangeError where it is out of its range. */
export function discountOf({ discount = 1 }: SessionOptions): number {
  checkNumber('discount', discount, DISCOUNT);
  return discount;
}
