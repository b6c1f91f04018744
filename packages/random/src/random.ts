import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Savable, SavedState } from './savable.js';

/** Where a stream stands: plain JSON, from which {@link Random.restore} goes on. */
export type RandomState = {
  /** What the stream was made from: the seed and the labels of its forks. */
  readonly path: string;
  /** The four 32-bit words of the generator. */
  readonly words: readonly number[];
};

/**
 * A seeded stream of random numbers (xoroshiro128+, Blackman and Vigna 2018).
 *
 * The same seed gives the same numbers on every machine. Not for cryptography.
 */
export class Random implements Savable {
  private constructor(
    private path: string,
    private generator: RandomGenerator,
  ) {}

  /**
   * A stream that depends on `seed` alone.
   *
   * @param seed - any safe integer, or any text.
   * @throws RangeError where `seed` is a number that is no safe integer.
   */
  static fromSeed(seed: number | string): Random {
    if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
      throw new RangeError(`seed: expected a safe integer or a text, got ${seed}`);
    }
    return Random.fromPath(String(seed));
  }

  /**
   * A new stream that goes on where another's {@link Random.state} stood.
   *
   * @throws TypeError where `state` is not such a record.
   */
  static fromState(state: SavedState): Random {
    const { path, words } = assertRandomState(state);
    return new Random(path, xoroshiro128plusFromState(words));
  }

  /** Hashing the whole path gives nearby seeds and labels unrelated streams. */
  private static fromPath(path: string): Random {
    const digest = new DataView(sha256(utf8ToBytes(path)).buffer);
    // Read as little-endian, so that every machine gets the same words.
    const words = [0, 4, 8, 12].map((byte) => digest.getInt32(byte, true));
    return new Random(path, xoroshiro128plusFromState(words));
  }

  /**
   * An independent stream named by `label`.
   *
   * It depends on this stream's seed and on the label only, not on how many numbers were drawn, and
   * leaves this stream where it is: adding a fork changes nobody else's numbers.
   */
  fork(label: string): Random {
    return Random.fromPath(JSON.stringify([this.path, label]));
  }

  /** A copy of where this stream stands. */
  state(): RandomState {
    return { path: this.path, words: [...this.generator.getState()] };
  }

  /**
   * Goes on where {@link Random.state} stood, here or in another stream.
   *
   * @throws TypeError where `state` is not such a record; the stream stays where it is then.
   */
  restore(state: SavedState): void {
    const { path, words } = assertRandomState(state);
    this.path = path;
    this.generator = xoroshiro128plusFromState(words);
  }

  /** An integer in [0, 2³²), uniform: a quarter of the time of {@link Random.uniform}. */
  bits(): number {
    return this.generator.next() >>> 0;
  }

  /** A number in [0, 1), uniform over the multiples of 2⁻⁵³. */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /**
   * An integer in [0, bound), uniform.
   *
   * @throws RangeError where `bound` is not an integer in [1, 2⁵³).
   */
  integer(bound: number): number {
    if (!Number.isSafeInteger(bound) || bound < 1) {
      throw new RangeError(`bound: expected a positive integer, got ${bound}`);
    }
    if (bound > 2 ** 32) return uniformInt(this.generator, 0, bound - 1);
    // The same numbers as uniformInt's, without its remainder of two doubles, which is most of its time.
    for (;;) {
      const word = (this.generator.next() ^ 0x80000000) >>> 0;
      const start = Math.floor(word / bound) * bound;
      if (start <= 2 ** 32 - bound) return word - start;
    }
  }

  /** A number from the standard normal distribution (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform())); // 1 - [0, 1) is never 0
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles `array` in place (Fisher and Yates) and returns it. */
  shuffle<T extends { readonly length: number; [index: number]: unknown }>(array: T): T {
    for (let last = array.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const held = array[last];
      array[last] = array[other];
      array[other] = held;
    }
    return array;
  }
}

function assertRandomState(state: SavedState): RandomState {
  const { path, words } = (state ?? {}) as Partial<RandomState>;
  // Four zeros are the one place that the generator never leaves.
  const isGenerator =
    Array.isArray(words) &&
    words.length === 4 &&
    words.every(Number.isInteger) &&
    words.some((word) => word !== 0);
  if (typeof path !== 'string' || !isGenerator) {
    throw new TypeError(
      `state: expected { path, words: four integers, not all 0 }, got ${JSON.stringify(state)}`,
    );
  }
  return { path, words };
}
