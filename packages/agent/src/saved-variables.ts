import * as tf from '@tensorflow/tfjs-core';
import type { Savable, SavedState } from '@rl-recsys/random';
import { activeKernels } from '@rl-recsys/wasm-kernels';

/** Copies of the variables' numbers, in their order. */
export function savedVariables(variables: readonly tf.Variable[]): Float32Array[] {
  // In place where they can be seen there: what `dataSync` gives is a copy on some backends, and not on others.
  const fast = activeKernels();
  return variables.map((variable) =>
    (fast ? fast.floats(fast.addressOf(variable), variable.size) : variable.dataSync<'float32'>()).slice(),
  );
}

/**
 * Assigns what {@link savedVariables} gave to variables of the same sizes.
 *
 * @param name - what errors call them.
 * @throws RangeError where anything doesn't fit or is not finite; no variable has changed then.
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
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new RangeError(`${name}[${index}][${bad}]: expected a finite number, got ${values[bad]}`);
    }
  }
  for (const [index, variable] of variables.entries()) {
    const values = (arrays[index] as Float32Array).slice();
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }
}

/** Variables as one part of what is saved. */
export function savableVariables(variables: readonly tf.Variable[]): Savable {
  return {
    state: () => savedVariables(variables),
    restore: (state) => restoreVariables(variables, state),
  };
}
