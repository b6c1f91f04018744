import type { Schedule } from './schedule.js';

/** What an option's number may be: in words, and whether one is. */
export interface NumberRule {
  readonly expected: string;
  readonly holds: (value: number) => boolean;
}

/** An integer of at least `least` (default 1). */
export function integerFrom(least = 1): NumberRule {
  const expected = least === 1 ? 'a positive integer' : `an integer from ${least}`;
  return { expected, holds: (value) => Number.isSafeInteger(value) && value >= least };
}

/** Above 0 and finite: a learning rate, say. */
export const POSITIVE: NumberRule = {
  expected: 'a positive finite number',
  holds: (value) => value > 0 && value < Infinity,
};

/** At least 0 and finite: a deviation, say. */
export const NOT_NEGATIVE: NumberRule = {
  expected: 'a finite number from 0',
  holds: (value) => value >= 0 && value < Infinity,
};

/** Any finite number. */
export const FINITE: NumberRule = { expected: 'a finite number', holds: Number.isFinite };

/** From 0 to 1: a probability, say. */
export const SHARE: NumberRule = {
  expected: 'a number from 0 to 1',
  holds: (value) => value >= 0 && value <= 1,
};

/** From 0 to below 1: of what may be dropped or forgotten, but not entirely. */
export const SHARE_BELOW_1: NumberRule = {
  expected: 'a share from 0 to below 1',
  holds: (value) => value >= 0 && value < 1,
};

/** Above 0 and at most 1: how far a target moves, say. */
export const SHARE_ABOVE_0: NumberRule = {
  expected: 'above 0 and at most 1',
  holds: (value) => value > 0 && value <= 1,
};

/**
 * Accepts options that are left out, or numbers as a rule wants them.
 *
 * @throws RangeError with the name of the first that is none: `tau: expected above 0 and at most 1, got NaN`.
 */
export function assertNumbers(
  { expected, holds }: NumberRule,
  given: Readonly<Record<string, number | undefined>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || (typeof value === 'number' && holds(value))) continue;
    throw new RangeError(`${name}: expected ${expected}, got ${String(value)}`);
  }
}

/**
 * Accepts what counts rounds or steps in a saved state.
 *
 * @throws TypeError where it is no integer from 0; it is named.
 */
export function assertCount(name: string, value: unknown): asserts value is number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return;
  throw new TypeError(`state.${name}: expected an integer from 0, got ${String(value)}`);
}

/**
 * {@link assertNumbers} for schedules: those that are functions are looked at when they are asked.
 *
 * @throws RangeError as that does.
 */
export function assertSchedules(
  rule: NumberRule,
  given: Readonly<Record<string, Schedule | undefined>>,
): void {
  for (const [name, schedule] of Object.entries(given)) {
    if (typeof schedule !== 'function') assertNumbers(rule, { [name]: schedule });
  }
}
