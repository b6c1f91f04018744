import * as tf from '@tensorflow/tfjs-core';
import type { RandomState } from '@rl-recsys/random';
import { decode, encode } from '@msgpack/msgpack';

const FORMAT = 'rl-recsys ddpg 1';

/** How far learning has come, beside its tensors. */
export interface Progress {
  /** Updates that the actor's optimizer made. */
  readonly actorSteps: number;
  /** Updates that the critics' optimizer made. */
  readonly criticSteps: number;
  /** Where the stream of the target noise stands; null where there is none. */
  readonly random: RandomState | null;
}

interface Checkpoint {
  readonly format: string;
  readonly progress: Progress;
  readonly tensors: ReadonlyArray<{ readonly shape: number[]; readonly values: Uint8Array }>;
}

/** The variables' numbers, in their order, and the progress, in one MessagePack array of bytes. */
export function packTensors(variables: readonly tf.Variable[], progress: Progress): Uint8Array {
  const tensors = variables.map((variable) => {
    const values = variable.dataSync<'float32'>();
    return {
      shape: variable.shape,
      values: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    };
  });
  const checkpoint: Checkpoint = { format: FORMAT, progress, tensors };
  return encode(checkpoint);
}

/**
 * Assigns what was packed to variables of the same shapes and returns the progress.
 *
 * @throws Error where anything doesn't fit; no variable has changed then.
 */
export function unpackTensors(bytes: Uint8Array, variables: readonly tf.Variable[]): Progress {
  const { progress, tensors } = decodeCheckpoint(bytes);
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
  return progress;
}

function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  let checkpoint: Partial<Checkpoint> | undefined;
  try {
    checkpoint = decode(bytes) as Partial<Checkpoint>;
  } catch (cause) {
    throw new Error('bytes: expected a saved learner, got damaged data', { cause });
  }
  if (checkpoint?.format !== FORMAT) {
    throw new Error(`bytes: expected the format ${FORMAT}, got ${String(checkpoint?.format)}`);
  }
  return checkpoint as Checkpoint;
}
