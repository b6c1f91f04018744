import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';
import { GRU_STATES, GRU_STATES_GRADIENT } from '../kernels/register-gru.js';

/** Numbers in a vector of the kernels. */
const LANES = 4;

/**
 * All states of a gated recurrent unit that reads a sequence, beginning at h = 0:
 *
 * - z = σ(p_z + h U_z), r = σ(p_r + h U_r), where p is what was projected from the input,
 * - c = tanh(p_c + (r ⊗ h) U_c), h ← h + z ⊗ (c − h).
 *
 * With fast kernels it is one operation with one gradient, else it is made of TensorFlow.js's own.
 *
 * See "Empirical evaluation of gated recurrent neural networks on sequence modeling", Chung et al. 2014,
 * arXiv 1412.3555, section 3.2.
 *
 * @param projected - float32 `[length, batch, 3 · units]`, the oldest step first; columns in the order z, r, c.
 * @param recurrentKernel - U: `[units, 3 · units]`, in the same order.
 * @returns `[length, batch, units]`; the caller disposes it.
 * @throws RangeError where the shapes do not fit together.
 */
export function gruStates(projected: tf.Tensor3D, recurrentKernel: tf.Tensor2D): tf.Tensor3D {
  const [units, width] = recurrentKernel.shape;
  if (width !== 3 * units || projected.shape[2] !== width) {
    throw new RangeError(
      `projected and recurrentKernel: expected [_, _, 3 · units] and [units, 3 · units], ` +
        `got [${projected.shape.join()}] and [${recurrentKernel.shape.join()}]`,
    );
  }
  if (!activeKernels() || units % LANES !== 0 || projected.size === 0) {
    return tf.tidy(() => unrolled(projected, recurrentKernel));
  }
  const fused = tf.customGrad((...given: unknown[]) => {
    const [p, u, save] = given as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const [states, gates, candidates] = tf.engine().runKernel(GRU_STATES, {
      projected: p,
      recurrentKernel: u,
    }) as unknown as [tf.Tensor, tf.Tensor, tf.Tensor];
    save([u, states, gates, candidates]);
    const gradFunc = (gradient: tf.Tensor, saved: tf.Tensor[]) => {
      const [recurrent, ...rest] = saved;
      const past = { states: rest[0]!, gates: rest[1]!, candidates: rest[2]! };
      const inputs = { gradient, recurrentKernel: recurrent!, ...past };
      return tf.engine().runKernel(GRU_STATES_GRADIENT, inputs) as unknown as tf.Tensor[];
    };
    return { value: states, gradFunc };
  });
  return tf.tidy(() => fused(projected, recurrentKernel) as tf.Tensor3D);
}

function unrolled(projected: tf.Tensor3D, recurrentKernel: tf.Tensor2D): tf.Tensor3D {
  const [length, batch, width] = projected.shape;
  const units = width / 3;
  const [gateKernel, candidateKernel] = tf.split(recurrentKernel, [2 * units, units], 1) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  let h: tf.Tensor2D = tf.zeros([batch, units]);
  const states = Array.from({ length }, (_, place) => {
    const step = tf.reshape(tf.slice(projected, [place, 0, 0], [1, batch, width]), [batch, width]);
    const [forGates, forCandidate] = tf.split(step, [2 * units, units], 1) as [tf.Tensor2D, tf.Tensor2D];
    const gates = tf.sigmoid(tf.add(forGates, tf.matMul(h, gateKernel)));
    const [z, r] = tf.split(gates, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
    const candidate = tf.tanh(tf.add(forCandidate, tf.matMul(tf.mul(r, h), candidateKernel)));
    h = tf.add(h, tf.mul(z, tf.sub(candidate, h)));
    return h;
  });
  return tf.stack(states) as tf.Tensor3D;
}
