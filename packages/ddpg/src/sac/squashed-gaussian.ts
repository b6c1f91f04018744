import * as tf from '@tensorflow/tfjs-core';

/** Bounds of log σ, as in the authors' implementation. */
const [LEAST_LOG_DEVIATION, GREATEST_LOG_DEVIATION] = [-20, 2];

/**
 * Actions of the policy a = tanh u, u = μ + σ ε, with gradients for μ and log σ (the reparameterisation trick).
 *
 * @param outputs - `[batch, 2 actionSize]`, what a network says: μ, then log σ, which is clipped to −20 to 2.
 * @param noise - ε `[batch, actionSize]`, drawn from N(0, 1); 0 everywhere for the policy's best actions.
 * @returns `[batch, actionSize]`, in (−1, 1); the caller disposes it.
 */
export function squashedAction(outputs: tf.Tensor2D, noise: Float32Array): tf.Tensor2D {
  const [batch, width] = outputs.shape;
  return operation(outputs, noise, (draws) => ({
    value: tf.tensor2d(
      Float32Array.from(draws, ({ action }) => action),
      [batch, width / 2],
    ),
    // ∂a/∂u = 1 − a²
    gradients: (dy) => draws.map(({ action }, place) => ({ u: dy[place]! * (1 - action ** 2), own: 0 })),
  }));
}

/**
 * log π(a|s) of the actions that {@link squashedAction} makes of the same arguments:
 * log N(u; μ, σ) − Σ log(1 − tanh² u), the sums being over the numbers of an action.
 *
 * See "Soft actor-critic algorithms and applications", Haarnoja et al. 2018, arXiv 1812.05905, appendix C.
 *
 * @returns `[batch]`; the caller disposes it.
 */
export function squashedLogProbability(outputs: tf.Tensor2D, noise: Float32Array): tf.Tensor1D {
  const [batch, width] = outputs.shape;
  const size = width / 2;
  return operation(outputs, noise, (draws) => {
    const sums = new Float64Array(batch);
    for (const [place, { u, logDeviation, noise }] of draws.entries()) {
      const ofNormal = -0.5 * noise ** 2 - 0.5 * Math.log(2 * Math.PI) - logDeviation;
      sums[Math.floor(place / size)]! += ofNormal - logOneMinusSquaredTanh(u);
    }
    return {
      value: tf.tensor1d(Float32Array.from(sums)),
      // ε is a constant, so that log σ counts by itself, and u by the squashing alone.
      gradients: (dy) =>
        draws.map(({ action }, place) => {
          const ofRow = dy[Math.floor(place / size)]!;
          return { u: 2 * action * ofRow, own: -ofRow };
        }),
    };
  });
}

/** log(1 − tanh² u), finite also where tanh u rounds to ±1. */
function logOneMinusSquaredTanh(u: number): number {
  return 2 * (Math.LN2 - Math.abs(u) - Math.log1p(Math.exp(-2 * Math.abs(u))));
}

/** One number of an action, as it was drawn. */
interface Draw {
  readonly noise: number;
  readonly logDeviation: number;
  /** σ ε, and the derivative of u with respect to log σ; 0 of the latter where log σ was clipped. */
  readonly ofDeviation: number;
  readonly isClipped: boolean;
  readonly u: number;
  readonly action: number;
}

/** What an operation makes of draws: its value, and, of its gradient, those of u and of log σ itself. */
interface Computed<T extends tf.Tensor> {
  readonly value: T;
  readonly gradients: (dy: Float32Array) => readonly { readonly u: number; readonly own: number }[];
}

/** An operation on numbers: a batch has few, on each of which TensorFlow.js would spend fifty operations. */
function operation<T extends tf.Tensor>(
  outputs: tf.Tensor2D,
  noise: Float32Array,
  compute: (draws: readonly Draw[]) => Computed<T>,
): T {
  const run = tf.customGrad((...given: unknown[]) => {
    const [{ shape }, save] = given as [tf.Tensor2D, tf.GradSaveFunc];
    const draws = drawsOf(given[0] as tf.Tensor2D, noise);
    const { value, gradients } = compute(draws);
    save([]);
    const gradFunc = (dy: tf.Tensor) => {
      const ofOutputs = new Float32Array(shape[0] * shape[1]);
      for (const [place, { u, own }] of gradients(dy.dataSync<'float32'>()).entries()) {
        const { ofDeviation, isClipped } = draws[place]!;
        const [mean, logDeviation] = placesOf(place, shape[1] / 2);
        ofOutputs[mean] = u;
        ofOutputs[logDeviation] = isClipped ? 0 : u * ofDeviation + own;
      }
      return tf.tensor2d(ofOutputs, shape);
    };
    return { value, gradFunc };
  });
  return tf.tidy(() => run(outputs));
}

function drawsOf(outputs: tf.Tensor2D, noise: Float32Array): Draw[] {
  const values = outputs.dataSync<'float32'>();
  const size = outputs.shape[1] / 2;
  return Array.from(noise, (noise, place) => {
    const [mean, said] = placesOf(place, size).map((at) => values[at]!) as [number, number];
    const logDeviation = Math.max(LEAST_LOG_DEVIATION, Math.min(GREATEST_LOG_DEVIATION, said));
    const ofDeviation = Math.exp(logDeviation) * noise;
    const u = mean + ofDeviation;
    return { noise, logDeviation, ofDeviation, isClipped: said !== logDeviation, u, action: Math.tanh(u) };
  });
}

/** Where μ and log σ of a number of the actions `[batch, size]` lie in the outputs `[batch, 2 size]`. */
function placesOf(place: number, size: number): [mean: number, logDeviation: number] {
  const row = Math.floor(place / size);
  const mean = place + row * size;
  return [mean, mean + size];
}
