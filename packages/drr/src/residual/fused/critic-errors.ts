import type { FastKernels } from '@rl-recsys/wasm-kernels';

/** Addresses of `[batch]` numbers. */
interface CriticPlaces {
  /** Q */
  readonly values: number;
  /** Where the gradient of the loss for Q is written. */
  readonly gradient: number;
}

/** The errors y − Q of one critic, and the loss (1 / batch) Σ w (y − Q)² whose gradient for Q it writes. */
export function criticErrors(
  fast: FastKernels,
  places: CriticPlaces,
  target: Float32Array,
  weights: Float32Array,
): { readonly errors: Float32Array; readonly loss: number } {
  const batch = target.length;
  const [values, gradient] = [fast.floats(places.values, batch), fast.floats(places.gradient, batch)];
  const errors = new Float32Array(batch);
  let loss = 0;
  for (let row = 0; row < batch; row++) {
    errors[row] = target[row]! - values[row]!;
    const weighted = weights[row]! * errors[row]!;
    loss += (weighted * errors[row]!) / batch;
    gradient[row] = (-2 * weighted) / batch;
  }
  return { errors, loss };
}
