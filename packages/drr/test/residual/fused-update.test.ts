import { Random } from '@rl-recsys/random';
import { stateLayers } from '@rl-recsys/state';
import { activeKernels, Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { residualFields, type ResidualLearner } from '../../src/index.js';
import { fuseBlocks } from '../../src/residual/fused/fuse.js';
import { FusedActor } from '../../src/residual/fused/fused-actor.js';
import { FusedCritic } from '../../src/residual/fused/fused-critic.js';
import { FusedHistories } from '../../src/residual/fused/fused-histories.js';
import { numbersIn } from '../numbers-in.js';
import '../on-wasm.js';
import { testUpdates, variants } from './fused-update.suite.js';
import { histories, sampleOf, sizes, toyLearner } from './toy.js';

/** All numbers of its networks, averages and optimizers. */
const numbersOf = (learner: ResidualLearner) => numbersIn(learner.state());

testUpdates(['its defaults']); // with other options in the long tests

test('the gradients of its networks are what their outputs do when a weight moves', () => {
  const learner = toyLearner({ ...variants['sums that decay and rewards in the state'], hiddenSize: 5 });
  const batch = sampleOf(learner, 6);
  learner.prepare(batch);
  for (let update = 0; update < 104; update++) learner.learn(batch); // from where the actor's last layer is 0 nothing passes
  const { online, shared, blocks } = learner['parts'];
  const fast = activeKernels()!;
  const room = new Room(fast);
  const common = { historySize: sizes.historySize, capacity: 6 };
  const seen = new FusedHistories(room, { ...common, users: shared.users });
  seen.write(batch.columns);
  const places = fuseBlocks(room, blocks);
  const options = { ...common, items: shared.items, learns: true };
  const shown = room.hold(batch.columns.item);
  const critic = new FusedCritic(room, online.critics[1], places, options);
  const actor = new FusedActor(room, online.actor, places, options);
  const random = Random.fromSeed('outputs');
  for (const { forward, backward, gradients, length } of [
    {
      ...{ forward: () => critic.forward(seen, shown), gradients: critic.gradients, length: 6 },
      backward: (gradient: number) => critic.backward(gradient),
    },
    {
      ...{ forward: () => actor.forward(seen), gradients: actor.gradients, length: 18 },
      backward: (gradient: number) => actor.backward(gradient),
    },
  ]) {
    const weights = Float32Array.from({ length }, () => random.normal());
    const output = () =>
      fast.floats(forward(), length).reduce((sum, value, at) => sum + value * weights[at]!, 0);
    output();
    backward(room.hold(weights));
    const [STEP, names] = [2 ** -8, [...gradients.keys()].map(({ name }) => name)];
    expect(new Set(names).size).toBeGreaterThan(7);
    for (const [variable, address] of gradients) {
      const gradient = fast.floats(address, variable.size).slice();
      const at = random.integer(variable.size);
      const outputAt = (moved: number) => {
        const value = fast.floats(fast.addressOf(variable), variable.size);
        const before = value[at]!;
        value[at] = before + moved;
        const result = output();
        fast.floats(fast.addressOf(variable), variable.size)[at] = before;
        return result;
      };
      const slope = (outputAt(STEP) - outputAt(-STEP)) / (2 * STEP);
      expect(Math.abs(slope - gradient[at]!)).toBeLessThan(0.01 * Math.max(1, Math.abs(slope)));
    }
  }
  for (const part of [critic, actor, room]) part.free();
});

test('a learner that is restored goes on to the bit, and both ways of learning may alternate', () => {
  const first = toyLearner();
  const batch = sampleOf(first);
  first.prepare(batch);
  for (let update = 0; update < 103; update++) first.learn(batch);
  const [second, third] = [toyLearner(), toyLearner({ fusedStep: false })];
  for (const learner of [second, third]) learner.restore(first.state());
  for (let update = 0; update < 2; update++) expect(second.learn(batch)).toEqual(first.learn(batch));
  expect(second.state()).toEqual(first.state());
  third.learn(batch);
  const fourth = toyLearner();
  fourth.restore(third.state());
  expect(fourth.learn(batch).figures.criticLoss).toBeCloseTo(third.learn(batch).figures.criticLoss, 5);
});

test('candidates get the same scores to the bit, one state after the other, also where they are many', () => {
  const many = (length: number) => Int32Array.from({ length }, (_, place) => (5 * place) % sizes.items);
  // Room is for a quarter of a million at once.
  const candidates = [many(150_001), many(3), many(0), many(150_000), many(1)];
  const actions = Float32Array.from({ length: 3 * candidates.length }, (_, place) => Math.sin(place));
  const scored = (learner: ResidualLearner) => {
    const all: Float32Array[] = [];
    learner.scoreEach(actions, candidates, (state, scores, from) => {
      expect(state).toBe(all.length);
      all.push(scores.slice(from, from + candidates[state]!.length));
    });
    return all;
  };
  expect(scored(toyLearner())).toEqual(scored(toyLearner({ fusedStep: false })));
  const refused = () => toyLearner().scoreEach(actions, [Int32Array.of(6)], () => undefined);
  expect(refused).toThrow('candidates: expected an index from 0 to 5, got 6');
});

test('it leaves its batch as it was, and no tensor and no memory behind', () => {
  const learner = toyLearner();
  const batch = sampleOf(learner);
  learner.prepare(batch);
  const copy = structuredClone(batch);
  const many = {
    ...histories,
    user: new Array(300).fill(1),
    history: repeated(histories.history),
    rewards: repeated(histories.rewards),
  };
  const turn = () => {
    learner.learn(batch);
    learner.act(many);
    learner.actByAverage(histories);
  };
  for (let update = 0; update < 110; update++) turn();
  const fast = activeKernels()!;
  const { numTensors, numDataBuffers } = tf.memory();
  const before = endOfMemory(fast);
  for (let update = 0; update < 1000; update++) turn();
  expect(batch).toEqual(copy);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(endOfMemory(fast)).toBe(before);
  expect(learner.act(many).slice(-3)).toEqual(learner.act(histories)); // in parts, and alone

  // Another size of batches takes other room, and the old one is given back.
  const other = sampleOf(learner, 11);
  for (let update = 0; update < 20; update++) for (const each of [batch, other]) learner.learn(each);
  const after = endOfMemory(fast);
  for (let update = 0; update < 20; update++) for (const each of [batch, other]) learner.learn(each);
  expect(endOfMemory(fast)).toBe(after);
  learner.dispose();
  learner.dispose();
});

test.each(Object.keys(residualFields({ historySize: 1, candidateCount: 1 })))(
  'a column of another length is refused before anything changes: %s',
  (name) => {
    const learner = toyLearner();
    const batch = sampleOf(learner);
    const before = numbersOf(learner);
    const column = batch.columns[name as 'user'];
    for (const length of [column.length - 1, column.length + 1]) {
      const columns = { ...batch.columns, [name]: new (column.constructor as typeof Int32Array)(length) };
      expect(() => learner.learn({ ...batch, columns })).toThrow(
        `${name}: expected ${column.length} numbers, got`,
      );
    }
    expect(numbersOf(learner)).toEqual(before);
  },
);

test('what it can not do is done by autograd: other state layers, and vectors of items that learn', () => {
  for (const options of [{ stateLayer: stateLayers['drr-p'] }, { trainableItems: true }]) {
    const learner = toyLearner(options);
    const batch = sampleOf(learner);
    learner.prepare(batch);
    const other = toyLearner({ ...options, fusedStep: false });
    other.restore(learner.state());
    for (let update = 0; update < 3; update++) expect(learner.learn(batch)).toEqual(other.learn(batch));
    expect(learner['fused']).toBeUndefined();
  }
});

/** Three hundred times over. */
function repeated<T extends Float32Array | Int32Array>(row: T): T {
  const all = new (row.constructor as new (length: number) => T)(300 * row.length);
  for (let place = 0; place < 300; place++) all.set(row, place * row.length);
  return all;
}

/** Where the memory that is in use ends: a megabyte finds room nowhere before. */
function endOfMemory(fast: FastKernels): number {
  const place = fast.allocate(2 ** 18);
  fast.free(place);
  return place;
}
