import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { createActor, createCritic, ActorCritic, type DdpgBatch, type DdpgOptions } from '../src/index.js';

/** Two numbers observed, one chosen; the encoder scales each observed number by a learned weight. */
export function toyLearner(
  options: DdpgOptions & { encoder?: boolean; seed?: number; criticCount?: number } = {},
): ActorCritic {
  const { encoder = true, seed = 1, criticCount = 1, ...rest } = options;
  const random = Random.fromSeed(seed);
  const sizes = { stateSize: 2, actionSize: 1, hiddenSize: 16, random };
  return new ActorCritic(
    () => ({
      actor: createActor(sizes),
      critics: Array.from({ length: criticCount }, (_, index) =>
        createCritic({ ...sizes, random: random.fork(`critic ${index}`) }),
      ),
      ...(encoder ? { encoder: scalingEncoder() } : {}),
    }),
    rest,
  );
}

function scalingEncoder(): LayersModel {
  const observation = input({ shape: [2] });
  const scaled = layers.dense({ units: 2, kernelInitializer: 'identity' }).apply(observation);
  return model({ inputs: observation, outputs: scaled as typeof observation });
}

export function toyBatch(
  change: Partial<Record<'action' | 'reward' | 'discount' | 'weight', number[]>> = {},
): DdpgBatch {
  const column = (values: number[] | undefined, fallback: number[]) => tf.tensor1d(values ?? fallback);
  return {
    observation: [
      tf.tensor2d([
        [1, 0.5],
        [-0.5, 1],
        [0.3, -0.8],
      ]),
    ],
    action: tf.tensor2d(change.action ?? [0.1, -0.4, 0.7], [3, 1]),
    reward: column(change.reward, [1, -1, 0.5]),
    discount: column(change.discount, [0.9, 0.9, 0]),
    nextObservation: [
      tf.tensor2d([
        [0.2, 0.1],
        [1, 1],
        [-1, 0.4],
      ]),
    ],
    weight: column(change.weight, [1, 1, 1]),
  };
}

export type Part = 'encoder' | 'actor' | 'critic';

export function weightsOf(
  learner: ActorCritic,
  part: Part,
  which: 'networks' | 'targets' = 'networks',
): number[] {
  const networks = learner[which];
  const models = part === 'critic' ? networks.critics : [networks[part]!];
  return models.flatMap((model) => model.getWeights().flatMap((weight) => Array.from(weight.dataSync())));
}
