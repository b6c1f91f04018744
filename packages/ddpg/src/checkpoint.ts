import * as tf from '@tensorflow/tfjs-core';
import { decode, encode } from '@msgpack/msgpack';

const FORMAT = 'rl-recsys ddpg 1';

/** How many updates each optimizer has made. */
export interface OptimizerSteps {
  readonly actor: number;
  readonly critic: number;
}

interface Checkpoint {
  readonly format: string;
  readonly steps: OptimizerSteps;
  readonly tensors: ReadonlyArray<{ readonly shape: number[]; readonly values: Uint8Array }>;
}

/** The variables' numbers, in their order, and the steps, in one MessagePack array of bytes. */
export function packTensors(variables: readonly tf.Variable[], steps: OptimizerSteps): Uint8Array {
  const tensors = variables.map((variable) => {
    const values = variable.dataSync<'float32'>();
    return {
      shape: variable.shape,
      values: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    };
  });
  const checkpoint: Checkpoint = { format: FORMAT, steps, tensors };
  return encode(checkpoint);
}

/**
 * Assigns what was packed to variables of the same shapes and returns the steps.
 *
 * @throws Error where anything doesn't fit; no variable has changed then.
 */
export function unpackTensors(bytes: Uint8Array, variables: readonly tf.Variable[]): OptimizerSteps {
  const { steps, tensors } = decodeCheckpoint(bytes);
  if (tensors.length !== variables.length) {
    throw new Error(`bytes: expected ${variables.length} tensors, got ${tensors.length}`);
  }
  for (const [index, { shape, values }] of tensors.entries()) {
    const { shape: expected, size } = variables[index]!;
    if (String(shape) !== String(expected) || values.byteLength !== 4 * size) {
      throw new Error(
        `bytes: expected shape [${String(expected)}] for tensor ${index}, got [${String(shape)}]`,
      );
    }
  }
  for (const [index, { shape, values }] of tensors.entries()) {
    tf.tidy(() =>
      variables[index]!.assign(tf.tensor(new Float32Array(new Uint8Array(values).buffer), shape)),
    );
  }
  return steps;
}

function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  let checkpoint: Partial<Checkpoint> | undefined;
  try {
    checkpoint = decode(bytes) as Partial<Checkpoint>;
  } catch (cause) {
    throw new Error('bytes: expected a saved agent, got damaged data', { cause });
  }
  if (checkpoint?.format !== FORMAT) {
    throw new Error(`bytes: expected the format ${FORMAT}, got ${String(checkpoint?.format)}`);
  }
  return checkpoint as Checkpoint;
}
