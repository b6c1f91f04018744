/** One number a row. */
export type Column = Float64Array | Float32Array;

/** What a number of a column may be: in words, and whether one is. */
export interface ColumnRule {
  readonly expected: string;
  readonly holds: (value: number) => boolean;
}

export const FINITE: ColumnRule = { expected: 'a finite number', holds: Number.isFinite };

/** Of what was done: it can't have been impossible. */
export const LOGGED_PROBABILITY: ColumnRule = {
  expected: 'a probability above 0 and at most 1',
  holds: (value) => value > 0 && value <= 1,
};

/** Of what another policy would have done: it may be impossible. */
export const PROBABILITY: ColumnRule = {
  expected: 'a probability from 0 to 1',
  holds: (value) => value >= 0 && value <= 1,
};

/**
 * @throws TypeError where `column` is no typed array of floats.
 * @throws RangeError where it has not `rows` rows, or a number breaks the rule; its row is named.
 */
export function checkColumn(name: string, column: Column, rows: number, rule: ColumnRule): void {
  if (!(column instanceof Float64Array || column instanceof Float32Array)) {
    throw new TypeError(`${name}: expected a Float64Array or a Float32Array, got ${nameOf(column)}`);
  }
  if (column.length !== rows) throw new RangeError(`${name}: expected ${rows} rows, got ${column.length}`);
  const bad = column.findIndex((value) => !rule.holds(value));
  if (bad !== -1) throw new RangeError(`${name}[${bad}]: expected ${rule.expected}, got ${column[bad]}`);
}

/** @throws TypeError where `column` is no Int32Array. */
export function checkIndices(name: string, column: Int32Array): void {
  if (!(column instanceof Int32Array)) {
    throw new TypeError(`${name}: expected an Int32Array, got ${nameOf(column)}`);
  }
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : String(value);
}

/** @throws RangeError where a number that is no row's breaks the rule. */
export function checkNumber(name: string, value: number, { expected, holds }: ColumnRule): void {
  if (typeof value !== 'number' || !holds(value)) {
    throw new RangeError(`${name}: expected ${expected}, got ${String(value)}`);
  }
}

/** @throws RangeError where there are too few units to tell how much they vary. */
export function checkUnits(name: string, units: number): void {
  if (!(units >= 2)) throw new RangeError(`${name}: expected two or more, got ${units}`);
}

/** Above 0 and finite. */
export const POSITIVE: ColumnRule = {
  expected: 'a positive finite number',
  holds: (value) => value > 0 && value < Infinity,
};

/** An integer from 1. */
export const POSITIVE_INTEGER: ColumnRule = {
  expected: 'a positive integer',
  holds: (value) => Number.isSafeInteger(value) && value >= 1,
};

/** A share of a whole, neither none nor all of it. */
export const SHARE_WITHIN: ColumnRule = {
  expected: 'a number above 0 and below 1',
  holds: (value) => value > 0 && value < 1,
};
