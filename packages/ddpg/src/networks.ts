import { initializers, input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '@rl-recsys/random';
import { seedFrom } from '@rl-recsys/agent';

/** The networks of a learner. */
export interface DdpgNetworks {
  /** Observation (one tensor or several) in, state out; without it the observation is the state. */
  readonly encoder?: LayersModel;
  /** State in, action out. */
  readonly actor: LayersModel;
  /** State and action in, Q `[batch, 1]` out: one critic, or the two of TD3. */
  readonly critics: readonly LayersModel[];
}

export interface NetworkSizes {
  readonly stateSize: number;
  readonly actionSize: number;
  /** Units of each hidden layer (default 128). */
  readonly hiddenSize?: number;
  /** Draws the starting weights. */
  readonly random: Random;
}

/**
 * A deterministic policy, state in and action in (−1, 1) out: two ReLU layers and one tanh layer.
 *
 * The last layer begins within ±0.003, so that the first actions are near 0 and tanh is not saturated
 * (Lillicrap et al. 2015, section 7); the shape is that of DRR's figure 3.
 *
 * @throws RangeError where a size is not a positive integer.
 */
export function createActor({ stateSize, actionSize, hiddenSize = 128, random }: NetworkSizes): LayersModel {
  assertSizes({ stateSize, actionSize, hiddenSize });
  const output = last(actionSize, 'tanh', random.fork('action'));
  return stack({ inputSize: stateSize, hiddenSize, output, random, name: 'actor' });
}

/**
 * An action-value function, state and action in and Q `[batch, 1]` out: one ReLU layer over the state,
 * then two over it and the action, as in DRR's figure 3.
 *
 * @throws RangeError where a size is not a positive integer.
 */
export function createCritic({ stateSize, actionSize, hiddenSize = 128, random }: NetworkSizes): LayersModel {
  assertSizes({ stateSize, actionSize, hiddenSize });
  const state = input({ shape: [stateSize], name: 'state' });
  const action = input({ shape: [actionSize], name: 'action' });
  const first = hidden(hiddenSize, random.fork('hidden 1')).apply(state) as typeof state;
  const joined = layers.concatenate().apply([first, action]);
  const second = hidden(hiddenSize, random.fork('hidden 2')).apply(joined);
  const third = hidden(hiddenSize, random.fork('hidden 3')).apply(second);
  const value = last(1, 'linear', random.fork('value')).apply(third);
  return model({ inputs: [state, action], outputs: value as typeof state, name: 'critic' });
}

/** The sizes of a network of two hidden layers. */
export interface PlainNetworkSizes {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly hiddenSize: number;
  /** Draws the starting weights. */
  readonly random: Random;
}

/**
 * Two ReLU layers and one linear layer, which begins within ±0.003: what SAC's policy and critics and DQN's action
 * values are made of.
 *
 * @throws RangeError where a size is not a positive integer.
 */
export function createNetwork({ inputSize, outputSize, hiddenSize, random }: PlainNetworkSizes): LayersModel {
  assertSizes({ inputSize, outputSize, hiddenSize });
  const output = last(outputSize, 'linear', random.fork('output'));
  return stack({ inputSize, hiddenSize, output, random, name: 'network' });
}

/** Two ReLU layers before `output`. */
function stack({
  inputSize,
  hiddenSize,
  output,
  random,
  name,
}: {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly output: layers.Layer;
  readonly random: Random;
  readonly name: string;
}): LayersModel {
  const inputs = input({ shape: [inputSize], name: 'state' });
  const first = hidden(hiddenSize, random.fork('hidden 1')).apply(inputs);
  const second = hidden(hiddenSize, random.fork('hidden 2')).apply(first);
  return model({ inputs, outputs: output.apply(second) as typeof inputs, name });
}

function hidden(units: number, random: Random): layers.Layer {
  const kernelInitializer = initializers.heUniform({ seed: seedFrom(random) });
  return layers.dense({ units, activation: 'relu', kernelInitializer });
}

function last(units: number, activation: 'tanh' | 'linear', random: Random): layers.Layer {
  const kernelInitializer = initializers.randomUniform({
    minval: -3e-3,
    maxval: 3e-3,
    seed: seedFrom(random),
  });
  return layers.dense({ units, activation, kernelInitializer });
}

function assertSizes(sizes: Record<string, number>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${size}`);
    }
  }
}
