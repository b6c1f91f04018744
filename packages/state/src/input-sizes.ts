import type { Shape } from '@tensorflow/tfjs-layers';

export interface InputSizes {
  /** null where the model leaves it open. */
  readonly batch: number | null;
  /** n, how many items the history holds. */
  readonly n: number;
  /** k, the length of a user's and of an item's vector. */
  readonly k: number;
}

/**
 * What the inputs of a state layer agree on: user `[batch, k]`, items `[batch, n, k]`, mask `[batch, n]`.
 *
 * @throws RangeError where they do not agree.
 */
export function inputSizes(inputShape: Shape | Shape[]): InputSizes {
  const shapes = inputShape.map((shape) => (Array.isArray(shape) ? shape : [])); // a single input has numbers
  const [[batch, k] = [], [, n, itemSize] = [], mask] = shapes;
  if (!k || !n || itemSize !== k || mask?.[1] !== n) {
    throw new RangeError(
      `inputs: expected shapes [_, k], [_, n, k] and [_, n], got ${JSON.stringify(inputShape)}`,
    );
  }
  return { batch: batch ?? null, n, k };
}
