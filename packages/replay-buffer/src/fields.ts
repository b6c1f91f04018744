import { assertPositiveInteger } from './assert.js';

/** One named part of a transition: `Size` numbers of one type, 4 bytes each. */
export interface Field<
  DType extends 'float32' | 'int32' = 'float32' | 'int32',
  Size extends number = number,
> {
  readonly dtype: DType;
  readonly size: Size;
}

/** The schema of a transition: what it is made of, by name. */
export type Fields = Readonly<Record<string, Field>>;

/**
 * A record to add: a number for each field of size 1, and for each larger field an array of exactly
 * that length.
 *
 * Where a size is known only when the program runs, the value is an array, of length 1 too.
 */
export type Transition<F extends Fields> = {
  readonly [Name in keyof F]: F[Name]['size'] extends 1 ? number : ArrayLike<number>;
};

/**
 * A batch of transitions, one column `[batch, size]` a field: row r of a field is
 * `column.subarray(r * size, (r + 1) * size)`.
 */
export type Columns<F extends Fields> = {
  readonly [Name in keyof F]: F[Name]['dtype'] extends 'float32' ? Float32Array : Int32Array;
};

/**
 * A field of real numbers, rounded to 32 bits when they are stored.
 *
 * @param size - how many (default 1).
 * @throws RangeError where `size` is not a positive integer.
 */
export function float32(): Field<'float32', 1>;
export function float32<Size extends number>(size: Size): Field<'float32', Size>;
export function float32(size = 1): Field<'float32'> {
  assertPositiveInteger('size', size);
  return { dtype: 'float32', size };
}

/**
 * A field of integers from −2³¹ to 2³¹ − 1.
 *
 * @param size - how many (default 1).
 * @throws RangeError where `size` is not a positive integer.
 */
export function int32(): Field<'int32', 1>;
export function int32<Size extends number>(size: Size): Field<'int32', Size>;
export function int32(size = 1): Field<'int32'> {
  assertPositiveInteger('size', size);
  return { dtype: 'int32', size };
}
