import * as tf from '@tensorflow/tfjs-core';
import type { SavedState } from '@rl-recsys/random';

/** Copies of the variables' numbers, in their order. */
export function savedVariables(variables: readonly tf.Variable[]): Float32Array[] {
  return variables.map((variable) => variable.dataSync<'float32'>().slice());
}

/**
 * Assigns what {@link savedVariables} gave to variables of the same sizes.
 *
 * @param name - what errors call them.
 * @throws RangeError where anything doesn't fit; no variable has changed then.
 */
export function restoreVariables(
  variables: readonly tf.Variable[],
  saved: SavedState | readonly Float32Array[] | undefined,
  name = 'variables',
): void {
  const arrays = Array.isArray(saved) ? (saved as readonly SavedState[]) : [];
  if (arrays.length !== variables.length) {
    throw new RangeError(`${name}: expected ${variables.length} arrays, got ${arrays.length}`);
  }
  for (const [index, { size, shape }] of variables.entries()) {
    const values = arrays[index];
    if (!(values instanceof Float32Array && values.length === size)) {
      const came = values instanceof Float32Array ? values.length : typeof values;
      throw new RangeError(
        `${name}[${index}]: expected ${size} float32 of shape [${shape.join()}], got ${came}`,
      );
    }
  }
  for (const [index, variable] of variables.entries()) {
    const values = (arrays[index] as Float32Array).slice();
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }
}
