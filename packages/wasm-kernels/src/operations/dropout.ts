import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';
import { DROPOUT } from '../kernels/register-dropout.js';

/** How many generators draw side by side, and of how many words each is. */
const [GENERATORS, WORDS] = [4, 4];

/**
 * Dropout by a seed: each number is 0 with probability `rate`, and else divided by 1 − rate. The same seed drops
 * the same places of tensors of one size on every backend.
 *
 * With fast kernels no mask is ever written: its gradient draws the same one again.
 *
 * See "Dropout: a simple way to prevent neural networks from overfitting", Srivastava et al. 2014.
 *
 * @param x - float32 of any shape.
 * @param rate - in [0, 1).
 * @param seed - 16 random words, not all 0: the states of four generators (xoshiro128+, Blackman and Vigna 2018).
 * @returns a tensor of x's shape; the caller disposes it.
 * @throws RangeError where the rate is out of its range or the seed has another length.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, seed: Uint32Array): T {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`rate: expected a number in [0, 1), got ${rate}`);
  if (seed.length !== GENERATORS * WORDS) {
    throw new RangeError(`seed: expected ${GENERATORS * WORDS} words, got ${seed.length}`);
  }
  if (activeKernels() && x.size > 0) {
    // TensorFlow.js lists the types of attributes, and hands over whatever it is given.
    const attributes = { rate, seed } as unknown as tf.NamedAttrMap;
    return tf.engine().runKernel(DROPOUT, { x }, attributes);
  }
  return tf.tidy(() => tf.mul(x, tf.tensor(mask(x.size, rate, seed), x.shape)));
}

// The same generators stand in assembly/dropout.ts.
function mask(length: number, rate: number, seed: Uint32Array): Float32Array {
  const values = new Float32Array(length);
  const dropped = Math.floor(rate * 2 ** 32);
  for (let generator = 0; generator < GENERATORS; generator++) {
    let [s0, s1, s2, s3] = [0, 1, 2, 3].map((word) => seed[word * GENERATORS + generator]! | 0) as [
      number,
      number,
      number,
      number,
    ];
    for (let place = generator; place < length; place += GENERATORS) {
      values[place] = (s0 + s3) >>> 0 >= dropped ? 1 / (1 - rate) : 0;
      const shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
  }
  return values;
}
