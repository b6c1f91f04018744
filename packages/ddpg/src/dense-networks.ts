import type { LayersModel } from '@tensorflow/tfjs-layers';
import { matchDenseStack, type DenseLayer } from '@rl-recsys/wasm-kernels';

/** A critic as DRR draws it: some layers over the state, then others over them and the action. */
export interface DenseCritic {
  /** From the state. */
  readonly head: readonly DenseLayer[];
  /** From the head's output and the action, side by side. */
  readonly tail: readonly DenseLayer[];
}

/** The layers of networks that are stacks of dense layers. */
export interface DenseNetworks {
  readonly actor: readonly DenseLayer[];
  readonly critics: readonly DenseCritic[];
}

/** The layers of an actor that is nothing but dense layers, one after the other; else undefined. */
export function denseActor(actor: LayersModel): readonly DenseLayer[] | undefined {
  const stack = matchDenseStack(actor.outputs[0]!);
  return stack?.input === actor.inputs[0] ? stack?.layers : undefined;
}

/** The layers of a critic of the shape of {@link DenseCritic}; else undefined. */
export function denseCritic(critic: LayersModel): DenseCritic | undefined {
  const tail = matchDenseStack(critic.outputs[0]!);
  if (tail?.input.sourceLayer.getClassName() !== 'Concatenate') return undefined;
  const [first, second] = tail.input.inputs;
  const head = first && matchDenseStack(first);
  const [state, action] = critic.inputs;
  if (head?.input !== state || second !== action || tail.input.inputs.length !== 2) return undefined;
  return { head: head!.layers, tail: tail.layers };
}
