import { Random } from '@rl-recsys/random';
import { expect } from '@jest/globals';
import { Room, type FastKernels } from '../../src/index.js';

/** Numbers from −1 to 1. */
export function draws(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => 2 * random.uniform() - 1);
}

/**
 * What a kernel writes: `compute` is given a room, in which it holds its inputs, and answers with an address and a length. Behind what
 * is taken for results nothing may be written; where a kernel reads what it should not, NaN are.
 */
export function written(
  fast: FastKernels,
  compute: (room: Room) => { readonly out: number; readonly length: number },
): number[] {
  const room = new Room(fast);
  const { out, length } = compute(room);
  const values = Array.from(fast.floats(out, length));
  room.free();
  return values;
}

/** Room for results, which hold NaN until they are written. */
export function results(room: Room, length: number): number {
  return room.hold(new Float32Array(length).fill(NaN));
}

/** Expects numbers that differ by at most 1e-5 of themselves, or of 1 where they are smaller. */
export function expectClose(got: readonly number[], expected: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  for (const [place, number] of expected.entries()) {
    const difference = Math.abs(got[place]! - number) / Math.max(1, Math.abs(number));
    if (!(difference <= 1e-5)) throw new Error(`[${place}]: expected ${number}, got ${got[place]}`);
  }
}

/** So many numbers, each of its place. */
export const each = (length: number, of: (place: number) => number): number[] =>
  Array.from({ length }, (_, place) => of(place));

export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
