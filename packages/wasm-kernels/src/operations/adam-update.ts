import * as tf from '@tensorflow/tfjs-core';
import { activeKernels, type FastKernels } from '../fast-kernels.js';

/** What Adam remembers of one variable, in its shape. */
export interface AdamMoments {
  readonly mean: tf.Variable;
  readonly square: tf.Variable;
}

export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Which update this is, from 1. */
  readonly step: number;
}

/** The learning rate with the corrections of both moments' bias in it. */
function correctedRate({ learningRate, beta1, beta2, step }: AdamSettings): number {
  return (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
}

/**
 * One update of Adam over a list of variables, in place where fast kernels are active: a variable whose
 * numbers another tensor shares gets its own first.
 *
 * See "Adam: a method for stochastic optimization", Kingma and Ba 2015, Algorithm 1, in the order of
 * computation that closes its section 2.
 *
 * @param moments - one for each variable; they are updated too.
 * @param gradients - one for each variable, in its shape; not disposed.
 */
export function adamUpdate(
  variables: readonly tf.Variable[],
  moments: readonly AdamMoments[],
  gradients: readonly tf.Tensor[],
  settings: AdamSettings,
): void {
  const fast = activeKernels();
  if (fast) {
    const addresses = gradients.map((gradient) => fast.addressOf(gradient));
    adamUpdateAt(fast, variables, moments, addresses, settings);
    return;
  }
  const { beta1, beta2, epsilon } = settings;
  const rate = correctedRate(settings);
  for (const [index, variable] of variables.entries()) {
    const { mean, square } = moments[index]!;
    const gradient = gradients[index]!;
    tf.tidy(() => {
      mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1)));
      square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
      const change = tf.div(mean, tf.add(tf.sqrt(square), epsilon));
      variable.assign(tf.sub(variable, tf.mul(change, rate)));
    });
  }
}

/**
 * {@link adamUpdate} from gradients that are no tensors.
 *
 * @param gradients - the address of each variable's.
 * @param scale - what each gradient is multiplied by first (default 1).
 */
export function adamUpdateAt(
  fast: FastKernels,
  variables: readonly tf.Variable[],
  moments: readonly AdamMoments[],
  gradients: readonly number[],
  settings: AdamSettings,
  scale = 1,
): void {
  const { beta1, beta2, epsilon } = settings;
  const rate = correctedRate(settings);
  for (let index = 0; index < variables.length; index++) {
    const { mean, square } = moments[index]!;
    const variable = variables[index]!;
    fast.exports.adam(
      fast.ownAddress(variable),
      fast.ownAddress(mean),
      fast.ownAddress(square),
      gradients[index]!,
      variable.size,
      beta1,
      beta2,
      rate,
      epsilon,
      scale,
    );
  }
}
