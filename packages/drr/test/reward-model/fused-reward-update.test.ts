import { DecayingSums, stateLayers } from '@rl-recsys/state';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import type { RewardBatch, RewardModel, RewardModelOptions } from '../../src/index.js';
import { histories, sampleOf, toyLearner, toyReplay } from '../residual/toy.js';
import { toyModel } from './toy.js';
import '../on-wasm.js';

const learner = toyLearner();
const replay = toyReplay(learner);

const variants: Record<string, Partial<RewardModelOptions>> = {
  'its defaults': {},
  'sums that decay, rewards in the state and no dropout': {
    ...{ stateLayer: () => new DecayingSums({}), rewardsInState: true, dropout: 0, hiddenSize: 7 },
  },
};

function numbersOf(model: RewardModel): number[] {
  const numbers = (value: unknown): number[] => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : [];
  };
  return numbers(model.state());
}

test.each(Object.keys(variants))('with %s it is the update by autograd, for 200 updates', (name) => {
  const byHand = toyModel(variants[name]);
  const byAutograd = toyModel({ ...variants[name], fusedStep: false });
  const batch = replay.createBatch(16);
  replay.sample(batch);
  for (const model of [byHand, byAutograd]) model.prepare(batch);
  const before = numbersOf(byHand);
  for (let update = 0; update < 200; update++) {
    replay.sample(batch);
    batch.weights.forEach((_, row) => (batch.weights[row] = 0.5 + row / 16));
    expect(byHand.learn(batch).loss).toBeCloseTo(byAutograd.learn(batch).loss, 4);
  }
  expect([byHand['fused'], byAutograd['fused']]).toEqual([expect.anything(), undefined]);
  const [ours, theirs] = [numbersOf(byHand), numbersOf(byAutograd)];
  const differences = theirs.map(
    (number, place) => Math.abs(ours[place]! - number) / Math.max(1, Math.abs(number)),
  );
  expect(Math.max(...differences)).toBeLessThan(1e-4);
  expect(Math.max(...before.map((number, place) => Math.abs(ours[place]! - number)))).toBeGreaterThan(0.01);
});

test('it leaves its batch as it was, and no tensor and no memory behind', () => {
  const model = toyModel();
  const [batch, other] = [sampleOf(learner), sampleOf(learner, 11)];
  model.prepare(batch);
  const copy = structuredClone(batch);
  const turn = () => [batch, other].forEach((each) => model.learn(each)); // takes room and gives it back
  for (let update = 0; update < 20; update++) turn();
  const fast = activeKernels()!;
  const endOfMemory = () => {
    const address = fast.allocate(2 ** 18); // a megabyte finds room nowhere before
    fast.free(address);
    return address;
  };
  const { numTensors, numDataBuffers } = tf.memory();
  const before = endOfMemory();
  for (let update = 0; update < 500; update++) turn();
  expect(batch).toEqual(copy);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(endOfMemory()).toBe(before);
  expect(model.values(histories, Int32Array.of(1))).toHaveLength(1);
  model.dispose();
  model.dispose();
});

test.each(['user', 'history', 'rewards', 'item', 'reward'] as const)(
  'a column of another length is refused before anything changes: %s',
  (name) => {
    const model = toyModel();
    const batch: RewardBatch = sampleOf(learner);
    const before = numbersOf(model);
    const column = batch.columns[name];
    const columns = { ...batch.columns, [name]: column.slice(1) };
    expect(() => model.learn({ ...batch, columns })).toThrow(
      `${name}: expected ${column.length} numbers, got`,
    );
    expect(numbersOf(model)).toEqual(before);
  },
);

test('a state layer that is no sum is left to autograd', () => {
  const options = { stateLayer: stateLayers['drr-p'] };
  const [model, other] = [toyModel(options), toyModel({ ...options, fusedStep: false })];
  const batch = sampleOf(learner);
  for (const each of [model, other]) each.prepare(batch);
  for (let update = 0; update < 3; update++) expect(model.learn(batch)).toEqual(other.learn(batch));
  expect(model['fused']).toBeUndefined();
});
