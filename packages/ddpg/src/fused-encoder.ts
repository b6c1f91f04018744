import type * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '@rl-recsys/wasm-kernels';

/** What turns observations into states in a {@link FusedUpdate}: on addresses, without tensors. */
export interface FusedEncoder<Observation> {
  /** How long a state is. */
  readonly stateSize: number;
  /** Which numbers of a state its variables move: the gradients of others are not computed. */
  readonly learnsFrom: { readonly first: number; readonly count: number };
  /** Whether it drops numbers by chance: actor and critic then learn from states of their own, as by autograd. */
  readonly isRandom: boolean;
  /** Where `backward` writes the gradient of each of the online encoder's variables. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  /**
   * Writes the states of a batch of observations to `out` `[batch, stateSize]`.
   *
   * @throws where an observation is impossible; nothing has been learned by then.
   */
  forward(observation: Observation, weights: 'online' | 'target', out: number): void;
  /**
   * Writes its gradients from those of the states that it wrote last with its online weights.
   *
   * @param stateGradient - the address of `[batch, learnsFrom.count]`.
   */
  backward(stateGradient: number): void;
  /** Gives its room back. */
  free(): void;
}

/** @throws RangeError where a column of a batch is longer or shorter than it must be. */
export function assertLength(name: string, length: number, expected: number): void {
  if (length !== expected) throw new RangeError(`${name}: expected ${expected} numbers, got ${length}`);
}

/** No encoder: an observation is a state already, float32 `[batch, stateSize]`. */
export function copyingEncoder(
  fast: FastKernels,
  stateSize: number,
  batchSize: number,
): FusedEncoder<Float32Array> {
  return {
    stateSize,
    learnsFrom: { first: 0, count: 0 },
    isRandom: false,
    gradients: new Map<tf.Variable, number>(),
    forward(observation, _, out) {
      assertLength('observation', observation.length, batchSize * stateSize);
      fast.floats(out, observation.length).set(observation);
    },
    backward() {},
    free() {},
  };
}
