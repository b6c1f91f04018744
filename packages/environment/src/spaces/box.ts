import type { Random } from '@rl-recsys/random';
import type { Space } from './space.js';

/** Arrays of `length` numbers, each within its bounds. */
export interface BoxSpace<T extends BoxArray = Float32Array> extends Space<T> {
  readonly kind: 'box';
  readonly length: number;
  /** `[length]`, inclusive; −∞ where there is no bound. */
  readonly low: readonly number[];
  /** `[length]`, inclusive; +∞ where there is no bound. */
  readonly high: readonly number[];
  readonly dtype: T extends Float32Array ? 'float32' : 'int32';
}

/** The arrays that a box may hold. */
export type BoxArray = Float32Array | Int32Array;

/** What makes a box: one bound for all numbers, or one for each. */
export interface BoxOptions {
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
  readonly length: number;
}

/**
 * The space of `Float32Array`s (or, with dtype `'int32'`, of `Int32Array`s) of one length whose
 * numbers lie within bounds.
 *
 * `sample` is uniform between two finite bounds, normal around 0 where there is none, and
 * exponential from the bound where there is one.
 *
 * @throws RangeError where the length is not a positive integer, or a bound is missing, NaN, above
 * its partner, infinite on the wrong side, or more than the dtype can hold.
 */
export function box(options: BoxOptions): BoxSpace;
export function box(options: BoxOptions, dtype: 'int32'): BoxSpace<Int32Array>;
export function box(
  { low, high, length }: BoxOptions,
  dtype: 'float32' | 'int32' = 'float32',
): BoxSpace | BoxSpace<Int32Array> {
  if (!Number.isSafeInteger(length) || length < 1) {
    throw new RangeError(`length: expected a positive integer, got ${length}`);
  }
  const [lows, highs] = [boundsOf('low', low, length), boundsOf('high', high, length)];
  assertBounds(lows, highs, length, dtype);
  const integers = dtype === 'int32';
  const ArrayType = integers ? Int32Array : Float32Array;
  // A bound such as 0.1 is rounded up in a Float32Array; what it rounds to must stay inside.
  const floor = ArrayType.from(lows);
  const ceiling = ArrayType.from(highs);
  const space = {
    kind: 'box',
    length,
    low: lows,
    high: highs,
    dtype,
    contains: (value: unknown) =>
      value instanceof ArrayType &&
      value.length === length &&
      value.every((number, index) => number >= floor[index]! && number <= ceiling[index]!),
    sample: (random: Random) => {
      const numbers = lows.map((low, index) => {
        const high = highs[index]!;
        if (integers) return low + random.integer(high - low + 1);
        if (Number.isFinite(low) && Number.isFinite(high)) return low + random.uniform() * (high - low);
        const exponential = -Math.log(1 - random.uniform());
        if (Number.isFinite(low)) return low + exponential;
        if (Number.isFinite(high)) return high - exponential;
        return random.normal();
      });
      return ArrayType.from(numbers);
    },
  };
  return space as unknown as BoxSpace | BoxSpace<Int32Array>;
}

/** One bound for each number. */
function boundsOf(name: string, given: unknown, length: number): number[] {
  if (typeof given === 'number') return new Array<number>(length).fill(given);
  const bounds = Array.isArray(given) || ArrayBuffer.isView(given) ? Array.from(given as Float32Array) : [];
  if (bounds.length > 0 && bounds.every((bound) => typeof bound === 'number')) return bounds;
  throw new RangeError(`${name}: expected a number or ${length} of them, got ${String(given)}`);
}

function assertBounds(lows: number[], highs: number[], length: number, dtype: string): void {
  for (const [name, bounds] of Object.entries({ low: lows, high: highs })) {
    if (bounds.length !== length) {
      throw new RangeError(`${name}: expected ${length} bounds, got ${bounds.length}`);
    }
  }
  for (let index = 0; index < length; index++) {
    const [low, high] = [lows[index]!, highs[index]!];
    if (!(low <= high)) {
      throw new RangeError(`low[${index}]: expected at most high[${index}] = ${high}, got ${low}`);
    }
    if (low === Infinity || high === -Infinity) {
      throw new RangeError(
        `low[${index}], high[${index}]: expected a number between, got ${low} and ${high}`,
      );
    }
    if (!isHeldBy(dtype, low) || !isHeldBy(dtype, high)) {
      throw new RangeError(`low[${index}], high[${index}]: expected ${dtype}, got ${low} and ${high}`);
    }
  }
}

/** Whether a bound stays itself in an Int32Array, or finite in a Float32Array. */
function isHeldBy(dtype: string, bound: number): boolean {
  if (dtype === 'int32') return Int32Array.of(bound)[0] === bound;
  return !Number.isFinite(bound) || Number.isFinite(Math.fround(bound));
}
