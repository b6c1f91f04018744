import { layers, model, input } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import type { FastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import {
  ActorCritic,
  createActor,
  createCritic,
  fuse,
  type EncoderSignal,
  type FusedEncoder,
} from '../src/index.js';
import { toyBatch } from './toy-actor-critic.js';
import './on-wasm.js';

const [BATCH, SIZE] = [3, 2];

/** A state is x W of what is observed. */
function make(encoderSignal: EncoderSignal): ActorCritic {
  const random = Random.fromSeed(1);
  const sizes = { stateSize: SIZE, actionSize: 1, hiddenSize: 6, random };
  return new ActorCritic(
    () => {
      const observation = input({ shape: [SIZE] });
      const product = layers.dense({ units: SIZE, useBias: false, kernelInitializer: 'identity' });
      const encoder = model({
        inputs: observation,
        outputs: product.apply(observation) as typeof observation,
      });
      return { encoder, actor: createActor(sizes), critics: [0, 1].map(() => createCritic(sizes)) };
    },
    { encoderSignal, actorLearningRate: 1e-2, criticLearningRate: 1e-2, tau: 0.1 },
  );
}

/** The same encoder by hand; `asked` counts how often it went back. */
function byHand(learner: ActorCritic, fast: FastKernels, asked: number[]): FusedEncoder<Float32Array> {
  const [online, target] = [learner.networks, learner.targets].map(
    ({ encoder }) => encoder!.trainableWeights[0]!.read() as tf.Variable,
  );
  const ofKernel = fast.allocate(SIZE * SIZE);
  let seen = new Float32Array(0);
  return {
    stateSize: SIZE,
    learnsFrom: { first: 0, count: SIZE },
    isRandom: false,
    gradients: new Map([[online!, ofKernel]]),
    forward(observation, weights, out) {
      const kernel = (weights === 'online' ? online! : target!).dataSync();
      if (weights === 'online') seen = observation.slice();
      const states = fast.floats(out, BATCH * SIZE);
      for (let row = 0; row < BATCH; row++)
        for (let column = 0; column < SIZE; column++) {
          const [x, y] = [observation[SIZE * row]!, observation[SIZE * row + 1]!];
          states[SIZE * row + column] = x * kernel[column]! + y * kernel[SIZE + column]!;
        }
    },
    backward(stateGradient) {
      asked.push(stateGradient);
      const gradient = fast.floats(stateGradient, BATCH * SIZE).slice();
      fast.floats(ofKernel, SIZE * SIZE).fill(0);
      for (let place = 0; place < BATCH * SIZE * SIZE; place++) {
        const [row, from, to] = [
          Math.floor(place / SIZE / SIZE),
          Math.floor(place / SIZE) % SIZE,
          place % SIZE,
        ];
        fast.floats(ofKernel, SIZE * SIZE)[SIZE * from + to]! +=
          seen[SIZE * row + from]! * gradient[SIZE * row + to]!;
      }
    },
    free: () => fast.free(ofKernel),
  };
}

test.each([
  ['actor', 1],
  ['critic', 1],
  ['both', 2],
] as const)(
  'an encoder by hand learns from %s as by autograd, and is asked for nothing else',
  (signal, times) => {
    const [ours, theirs] = [make(signal), make(signal)];
    const asked: number[] = [];
    const fused = fuse(ours, BATCH, (fast) => byHand(ours, fast, asked))!;
    const batch = toyBatch();
    const columns = {
      ...{ observation: batch.observation[0]!, nextObservation: batch.nextObservation[0]! },
      ...{ action: batch.action, reward: batch.reward, discount: batch.discount, weight: batch.weight },
    };
    const arrays = Object.fromEntries(
      Object.entries(columns).map(([name, tensor]) => [name, tensor.dataSync<'float32'>()]),
    ) as Record<keyof typeof columns, Float32Array>;
    const before = ours.weights();
    for (let update = 0; update < 20; update++) {
      const [mine, expected] = [fused.learn(arrays), theirs.learn(batch)];
      expect(Array.from(mine.tdErrors)).toEqual(closeTo(expected.tdErrors, 4));
      expect(mine.actorLoss).toBeCloseTo(expected.actorLoss!, 4);
    }
    expect(Array.from(ours.weights()[0]!)).toEqual(closeTo(theirs.weights()[0]!, 4)); // the encoder's
    expect(ours.weights()[0]).not.toEqual(before[0]);
    expect(asked.length).toBe(20 * times);
    fused.free();
    for (const learner of [ours, theirs]) learner.dispose();
  },
);

test('an encoder that nobody runs by hand is left to autograd', () => {
  const learner = make('actor');
  expect(fuse(learner, BATCH)).toBeUndefined();
  learner.dispose();
});
