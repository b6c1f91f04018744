import { checkNumber, type ColumnRule } from '../columns.js';

/** What is tried gets half of all sessions at most. */
const CANARY_SHARE: ColumnRule = {
  expected: 'a number above 0 and at most 0.5',
  holds: (value) => value > 0 && value <= 0.5,
};

/** @throws RangeError where it is out of its range. */
export function checkShare(share: number): void {
  checkNumber('share', share, CANARY_SHARE);
}
