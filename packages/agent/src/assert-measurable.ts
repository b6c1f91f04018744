import type { Fields, Transition } from '@rl-recsys/replay-buffer';
import { LARGEST } from './runaway.js';

/**
 * Refuses what learning would run away from at once.
 *
 * @throws TypeError where a transition is not of the schema, RangeError where a number is beyond all measure; its field is named.
 */
export function assertMeasurable<F extends Fields>(fields: F, transition: Transition<F>): void {
  for (const [name, { dtype, size }] of Object.entries(fields)) {
    const value: number | ArrayLike<number> | undefined = transition[name];
    const numbers: ArrayLike<number> | undefined = typeof value === 'number' ? [value] : value;
    if (numbers?.length !== size) {
      throw new TypeError(`${name}: expected ${size} numbers, got ${numbers?.length ?? 'none'}`);
    }
    for (let place = 0; place < size; place++) {
      const number = numbers[place]!;
      if (dtype === 'int32' ? (number | 0) === number : Math.abs(number) <= LARGEST) continue;
      const expected = dtype === 'int32' ? '32-bit integers' : `numbers from -${LARGEST} to ${LARGEST}`;
      throw new RangeError(`${name}: expected ${expected}, got ${number}`);
    }
  }
}
