import { Random } from '@rl-recsys/random';
import { DecayingSums, stateLayers } from '@rl-recsys/state';
import { activeKernels, Room } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { updateByAutograd } from '../../src/gated/autograd-update.js';
import { FusedBlockActor } from '../../src/gated/fused/fused-block-actor.js';
import { FusedBlockCritic } from '../../src/gated/fused/fused-block-critic.js';
import { FusedMoments } from '../../src/gated/fused/fused-moments.js';
import { FusedOffers } from '../../src/gated/fused/fused-offers.js';
import { gatedFields } from '../../src/gated/transition-fields.js';
import { shownRows } from '../../src/gated/update-parts.js';
import '../on-wasm.js';
import { testUpdates } from './fused-update.suite.js';
import { copyOf, shownAround } from './shown-around.js';

testUpdates(['its defaults']); // with other options in the long tests

test('the gradients of its networks are what their outputs do when a weight moves', async () => {
  const { learner, replay } = await shownAround({ stateLayer: () => new DecayingSums({}), dropout: 0 });
  const batch = replay.createBatch(6);
  replay.sample(batch, { beta: 1 });
  for (let update = 0; update < 155; update++) learner.learn(batch); // from where the actor's last layer is 0 nothing passes
  const { online, tensors } = learner['parts'];
  const fast = activeKernels()!;
  const room = new Room(fast);
  const sizes = { historySize: 3, capacity: 6, items: tensors.items, learns: true };
  const moments = new FusedMoments(room, { ...sizes, users: tensors.users, summaries: tensors.summaries });
  moments.write(batch.columns);
  const shown = new FusedOffers(room, tensors, { capacity: 6, count: 1 });
  shown.write(shownRows(batch.columns));
  const critic = new FusedBlockCritic(room, online.critics[1], sizes);
  const actor = new FusedBlockActor(room, online.actor, sizes);
  const random = Random.fromSeed('outputs');
  const [blocks, k] = [tensors.pools.blockCount, tensors.items.shape[1]];
  const drawn = (length: number) => Float32Array.from({ length }, () => random.normal());
  const [ofValues, ofGates, ofResidual] = [drawn(6), drawn(6 * blocks), drawn(6 * k)];
  const weighed = (at: number, weights: Float32Array) =>
    fast.floats(at, weights.length).reduce((sum, value, place) => sum + value * weights[place]!, 0);
  const networks = [
    {
      output: () => weighed(critic.forward(moments, shown), ofValues),
      backward: () => critic.backward(room.hold(ofValues)),
      gradients: critic.gradients,
    },
    {
      output() {
        actor.forward(moments);
        return weighed(actor.gates, ofGates) + weighed(actor.residual, ofResidual);
      },
      backward() {
        fast.floats(actor.gatesGradient, ofGates.length).set(ofGates);
        fast.floats(actor.residualGradient, ofResidual.length).set(ofResidual);
        actor.backward();
      },
      gradients: actor.gradients,
    },
  ];
  for (const { output, backward, gradients } of networks) {
    output();
    backward();
    expect(gradients.size).toBeGreaterThan(5);
    const STEP = 2 ** -8;
    for (const [variable, address] of gradients) {
      const gradient = fast.floats(address, variable.size).slice();
      for (let draw = 0; draw < 5; draw++) {
        const at = random.integer(variable.size);
        const outputAt = (moved: number) => {
          const values = () => fast.floats(fast.addressOf(variable), variable.size);
          const before = values()[at]!;
          values()[at] = before + moved;
          const result = output();
          values()[at] = before;
          return result;
        };
        const slope = (outputAt(STEP) - outputAt(-STEP)) / (2 * STEP);
        expect(Math.abs(slope - gradient[at]!)).toBeLessThan(0.02 * Math.max(1, Math.abs(slope)));
      }
    }
  }
  for (const part of [critic, actor, room]) part.free();
});

test('candidates are preferred as by autograd, of sessions many or few, and fewer candidates than are stored', async () => {
  const { learner, replay } = await shownAround();
  const batch = replay.createBatch(40);
  replay.sample(batch, { beta: 1 });
  for (let update = 0; update < 160; update++) learner.learn(batch);
  const { columns } = batch;
  const count = columns.candidates.length / 40;
  const first = (rows: number, candidates: number) => ({
    histories: {
      ...{ user: columns.user.slice(0, rows), kind: columns.kind.slice(0, rows) },
      ...{ history: columns.history.slice(0, 3 * rows), rewards: columns.rewards.slice(0, 3 * rows) },
    },
    rows: Int32Array.from({ length: rows * candidates }, (_, place) => {
      const row = Math.floor(place / candidates);
      return columns.candidates[row * count + (place % candidates)]!;
    }),
  });
  const { online } = learner['parts'];
  for (const [rows, candidates] of [[3, count] as const, [40, count] as const, [2, count - 1] as const]) {
    const { histories, rows: offered } = first(rows, candidates);
    const expected = learner['scoresBy'](online, histories, offered).map((score) => score / 0.25);
    const got = learner.preferences(histories, offered);
    for (const [place, score] of expected.entries())
      if (offered[place]! >= 0) expect(got[place]).toBeCloseTo(score, 3);
      else expect(got[place]).toBeLessThan(-1e9);
  }
  expect(learner['exploring']).toBeDefined();
  const { histories, rows } = first(3, count);
  rows[1] = 1e6;
  expect(() => learner.preferences(histories, rows)).toThrow('candidates: expected rows from 0 to');
});

test('where nothing is left to be shown next, what is shown is worth what it earned', async () => {
  const agent = await shownAround();
  const batch = agent.replay.createBatch(8);
  agent.replay.sample(batch, { beta: 1 });
  const { candidates, shown, discount } = batch.columns;
  const count = candidates.length / 8;
  for (let row = 0; row < 4; row++)
    for (let place = 0; place < count; place++)
      if (place !== shown[row]) candidates[row * count + place] = -1;
  discount.fill(1);
  const ended = structuredClone(batch);
  ended.columns.discount.fill(0, 0, 4);
  const copy = copyOf(agent);
  const [{ tdErrors }, { tdErrors: expected }] = [agent.learner.learn(batch), copy.learner.learn(ended)];
  expect(tdErrors).toEqual(expected);
});

test('it leaves its batch as it was, and no tensor and no memory behind', async () => {
  const { learner, replay } = await shownAround();
  const [batch, other] = [replay.createBatch(16), replay.createBatch(11)];
  for (const each of [batch, other]) replay.sample(each, { beta: 1 });
  const copy = structuredClone(batch);
  const { columns } = other;
  const turn = () => {
    learner.learn(batch);
    learner.preferences(columns, columns.candidates);
  };
  for (let update = 0; update < 160; update++) turn();
  const fast = activeKernels()!;
  const endOfMemory = () => {
    const place = fast.allocate(2 ** 18); // a megabyte finds room nowhere before
    fast.free(place);
    return place;
  };
  const [{ numTensors, numDataBuffers }, before] = [tf.memory(), endOfMemory()];
  for (let update = 0; update < 500; update++) turn();
  expect(batch).toEqual(copy);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(endOfMemory()).toBe(before);
  // Another size of batches takes other room, and the old one is given back.
  for (let update = 0; update < 20; update++) for (const each of [batch, other]) learner.learn(each);
  const after = endOfMemory();
  for (let update = 0; update < 20; update++) for (const each of [batch, other]) learner.learn(each);
  expect(endOfMemory()).toBe(after);
});

test.each(Object.keys(gatedFields({ historySize: 1, candidateCount: 1 })))(
  'a column of another length is refused before anything changes: %s',
  async (name) => {
    const { learner, replay } = await shownAround();
    const batch = replay.createBatch(4);
    replay.sample(batch, { beta: 1 });
    const before = learner.state();
    const column = batch.columns[name as 'user'];
    for (const length of [column.length - 1, column.length + 1]) {
      const columns = { ...batch.columns, [name]: new (column.constructor as typeof Int32Array)(length) };
      expect(() => learner.learn({ ...batch, columns })).toThrow(
        `${name}: expected ${column.length} numbers, got`,
      );
    }
    expect(learner.state()).toEqual(before);
  },
);

test('what it can not do is done by autograd: other state layers', async () => {
  const options = { stateLayer: stateLayers['drr-p'] };
  const agent = await shownAround(options);
  const copy = copyOf(agent, options);
  const batch = agent.replay.createBatch(8);
  for (let update = 0; update < 3; update++) {
    agent.replay.sample(batch, { beta: 1 });
    expect(agent.learner.learn(batch)).toEqual(updateByAutograd(copy.learner['parts'], batch));
  }
  expect(agent.learner['fused']).toBeUndefined();
});
