import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { activeKernels, installFastKernels } from '@rl-recsys/wasm-kernels';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  createActor,
  createCritic,
  ActorCritic,
  fuse,
  td3,
  type DdpgOptions,
  type FusedBatch,
} from '../src/index.js';

const [BATCH, STATE, ACTION] = [9, 6, 3];

beforeAll(async () => {
  await tf.setBackend('wasm');
  expect((await installFastKernels()).active).toBe(true);
});

function makeLearner({ criticCount = 1, ...options }: DdpgOptions & { criticCount?: number }): ActorCritic {
  const random = Random.fromSeed('networks');
  const sizes = { stateSize: STATE, actionSize: ACTION, hiddenSize: 10 };
  return new ActorCritic(
    () => ({
      actor: createActor({ ...sizes, random: random.fork('actor') }),
      critics: Array.from({ length: criticCount }, (_, index) =>
        createCritic({ ...sizes, random: random.fork(`critic ${index}`) }),
      ),
    }),
    { tau: 0.05, actorLearningRate: 1e-3, ...options },
  );
}

function makeBatches(count: number): FusedBatch<Float32Array>[] {
  const random = Random.fromSeed('batches');
  const draw = (length: number) => Float32Array.from({ length }, () => 2 * random.uniform() - 1);
  return Array.from({ length: count }, () => ({
    observation: draw(BATCH * STATE),
    action: draw(BATCH * ACTION),
    reward: draw(BATCH),
    discount: draw(BATCH).map((number) => (number > 0.5 ? 0 : 0.9)),
    nextObservation: draw(BATCH * STATE),
    weight: draw(BATCH).map(Math.abs),
  }));
}

const asTensors = (batch: FusedBatch<Float32Array>) => ({
  observation: [tf.tensor2d(batch.observation, [BATCH, STATE])],
  action: tf.tensor2d(batch.action, [BATCH, ACTION]),
  reward: tf.tensor1d(batch.reward),
  discount: tf.tensor1d(batch.discount),
  nextObservation: [tf.tensor2d(batch.nextObservation, [BATCH, STATE])],
  weight: tf.tensor1d(batch.weight),
});

const numbersOf = (learner: ActorCritic) =>
  [...learner.variables, ...learner.targetVariables].flatMap((variable) => Array.from(variable.dataSync()));

const variants: Record<string, () => DdpgOptions & { criticCount?: number }> = {
  DDPG: () => ({}),
  TD3: () => td3(Random.fromSeed('noise')),
  'a penalty on actions': () => ({ actionPenalty: 0.3 }),
  'short gradients': () => ({ maxGradientNorm: 0.05 }),
};

describe.each(Object.keys(variants))('with %s', (name) => {
  test('it is the update by autograd, for 60 updates', () => {
    const [byHand, byAutograd] = [makeLearner(variants[name]!()), makeLearner(variants[name]!())];
    const fused = fuse(byHand, BATCH)!;
    const before = numbersOf(byHand);
    for (const batch of makeBatches(60)) {
      const ours = fused.learn(batch);
      const theirs = tf.tidy(() => byAutograd.learn(asTensors(batch)));
      expect(ours.criticLoss).toBeCloseTo(theirs.criticLoss, 5);
      expect(Array.from(ours.tdErrors)).toEqual(closeTo(theirs.tdErrors, 4));
      if (theirs.actorLoss === undefined) expect(ours.actorLoss).toBeUndefined();
      else expect(ours.actorLoss).toBeCloseTo(theirs.actorLoss, 5);
    }
    expect(numbersOf(byHand)).toEqual(closeTo(numbersOf(byAutograd), 4));
    expect(numbersOf(byHand)).not.toEqual(closeTo(before, 3));
    for (const learner of [byHand, byAutograd]) learner.dispose();
    fused.free();
  });
});

test('it goes on from a restored learner, and both ways of learning may alternate', () => {
  const [first, second] = [makeLearner({}), makeLearner({ actorLearningRate: 1e-3 })];
  const [one, two] = [fuse(first, BATCH)!, fuse(second, BATCH)!];
  const [batch, next] = makeBatches(2);
  one.learn(batch!);
  second.restore(first.state());
  expect(two.learn(next!)).toEqual(one.learn(next!));
  tf.tidy(() => [first, second].forEach((learner) => learner.learn(asTensors(batch!))));
  expect(two.learn(next!)).toEqual(one.learn(next!));
});

test('it leaves its batch as it was, and nothing behind', () => {
  const learner = makeLearner({});
  const fused = fuse(learner, BATCH)!;
  const [batch] = makeBatches(1);
  const copy = structuredClone(batch);
  fused.learn(batch!); // the first update gives variables numbers of their own
  const { numTensors, numDataBuffers } = tf.memory();
  for (let step = 0; step < 100; step++) fused.learn(batch!);
  expect(batch).toEqual(copy);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});

test('it gives all its room back, once', () => {
  const [fast, batch] = [activeKernels()!, 4096];
  /** Where the next room would lie that is larger than any gap. */
  const nextRoom = () => {
    const address = fast.allocate(batch * 100);
    fast.free(address);
    return address;
  };
  const learner = makeLearner(td3(Random.fromSeed('noise')));
  const before = nextRoom();
  const fused = fuse(learner, batch)!;
  expect(nextRoom()).toBeGreaterThan(before);
  fused.free();
  expect(nextRoom()).toBe(before);
  const others = fast.allocate(batch * 100);
  fused.free();
  expect(fast.allocate(batch * 100)).not.toBe(others);
  learner.dispose();
});

test.each([
  ['action', BATCH * ACTION],
  ['reward', BATCH],
  ['discount', BATCH],
  ['weight', BATCH],
  ['observation', BATCH * STATE],
  ['nextObservation', BATCH * STATE],
] as const)('a wrong length of %s is refused before anything changes', (name, expected) => {
  const learner = makeLearner({});
  const fused = fuse(learner, BATCH)!;
  const [batch] = makeBatches(1);
  const before = numbersOf(learner);
  const message = `${name === 'nextObservation' ? 'observation' : name}: expected ${expected} numbers, got`;
  for (const length of [expected - 1, expected + 1]) {
    expect(() => fused.learn({ ...batch!, [name]: new Float32Array(length) })).toThrow(message);
  }
  expect(numbersOf(learner)).toEqual(before);
});

describe('there is none', () => {
  test('on another backend', async () => {
    await tf.setBackend('cpu');
    expect(fuse(makeLearner({}), BATCH)).toBeUndefined();
    await tf.setBackend('wasm');
  });

  test('for networks of another shape', () => {
    const state = input({ shape: [STATE] });
    const action = layers.dense({ units: ACTION, activation: 'softmax' }).apply(state) as typeof state;
    const random = Random.fromSeed(1);
    const learner = new ActorCritic(() => ({
      actor: model({ inputs: state, outputs: action }),
      critics: [createCritic({ stateSize: STATE, actionSize: ACTION, random })],
    }));
    expect(fuse(learner, BATCH)).toBeUndefined();
  });
});
