import { Lifetime } from '@rl-recsys/agent';
import type { FusedEncoder } from '@rl-recsys/ddpg';
import type { GruState } from '@rl-recsys/state';
import { GruBackward, GruForward, Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { Histories } from '../tables.js';
import { HistoryRows, type FusedEncoderOptions } from './history-rows.js';

/** So far below 0 that a sigmoid of it is exactly 0. */
const CLOSED = -1e9;

/** The weights of a layer in their order. */
function variablesOf(layer: GruState) {
  const [kernel, recurrentKernel, bias] = layer.weights.map((weight) => weight.read() as tf.Variable);
  return { kernel: kernel!, recurrentKernel: recurrentKernel!, bias: bias! };
}

/** Whether fast kernels can run it, which take four units at a time. */
export function runsByHand({ weights }: GruState): boolean {
  return weights[1]!.shape[0]! % 4 === 0;
}

/** `GruState` from indices to states: of each step all users together, as the recurrence needs them. */
export function fusedGru(
  fast: FastKernels,
  options: FusedEncoderOptions,
  layers: { readonly online: GruState; readonly target: GruState },
): FusedEncoder<Histories> {
  const { uploaded, historySize: n, batchSize: batch } = options;
  const weights = { online: variablesOf(layers.online), target: variablesOf(layers.target) };
  const [k, units] = [options.tables.items.size, weights.online.recurrentKernel.shape[0]];
  const [count, stride] = [n * batch, 4 * (k + units)];
  const room = new Room(fast);
  const rows = new HistoryRows(room, options);
  const [vectors, ofUsers] = [room.take(count * k), room.take(batch * k)];
  const itemsByStep = room.take(count);
  const [projected, projectedGradient] = [room.take(count * 3 * units), room.take(count * 3 * units)];
  const [states, gates, candidates] = [1, 2, 1].map((times) => room.take(times * count * units));
  const steps = { states: states!, gates: gates!, candidates: candidates! };
  const ofStates = room.hold(new Float32Array(count * units)); // only the last one's is ever other than 0
  const last = 4 * (n - 1) * batch * units;
  const [dKernel, dRecurrent, dBias] = [k, units, 1].map((times) => room.take(times * 3 * units));
  const sizes = { length: n, batch, units };
  const [onward, back] = [new GruForward(room, sizes), new GruBackward(room, sizes)];
  const lifetime = new Lifetime('an encoder by hand');

  /** The items' rows with the steps outside, where those of a user are neighbors in `rows`. */
  const writeSteps = () => {
    const [from, to] = [fast.integers(rows.items, count), fast.integers(itemsByStep, count)];
    for (let row = 0; row < batch; row++)
      for (let step = 0; step < n; step++) to[step * batch + row] = from[row * n + step]!;
  };
  /** At padding z is 0, so that h stays what it is. */
  const closePadding = () => {
    const [mask, numbers] = [fast.floats(rows.mask, count), fast.floats(projected, count * 3 * units)];
    for (let row = 0; row < batch; row++)
      for (let step = 0; step < n; step++) {
        const start = (step * batch + row) * 3 * units;
        if (mask[row * n + step] === 0) numbers.fill(CLOSED, start, start + units);
      }
  };

  return {
    stateSize: k + units,
    learnsFrom: { first: k, count: units }, // u stays as it is
    isRandom: false,
    gradients: new Map([
      [weights.online.kernel, dKernel!],
      [weights.online.recurrentKernel, dRecurrent!],
      [weights.online.bias, dBias!],
    ]),
    forward(histories, which, out) {
      lifetime.assertOpen('forward');
      const { kernel, recurrentKernel, bias } = weights[which];
      rows.write(histories);
      rows.writeUsers(ofUsers, out, stride);
      writeSteps();
      const items = fast.addressOf(uploaded.items);
      fast.exports.gather(items, uploaded.items.shape[0], itemsByStep, count, 4 * k, vectors);
      const epilogue = { bias: fast.addressOf(bias) };
      fast.matMul(false, false, count, 3 * units, k, vectors, fast.addressOf(kernel), projected, epilogue);
      closePadding();
      onward.run(projected, fast.addressOf(recurrentKernel), steps);
      fast.exports.copyColumns(steps.states + last, 4 * units, out + 4 * k, stride, batch, 4 * units);
    },
    // The steps are still those of the online weights' last states: the targets' come before them.
    backward(stateGradient) {
      const to = { projected: projectedGradient, recurrentKernel: dRecurrent! };
      fast.exports.copyColumns(stateGradient, 4 * units, ofStates + last, 4 * units, batch, 4 * units);
      back.run(ofStates, fast.addressOf(weights.online.recurrentKernel), steps, to);
      fast.matMul(true, false, k, 3 * units, count, vectors, projectedGradient, dKernel!);
      fast.exports.columnSum(projectedGradient, dBias!, count, 3 * units);
    },
    free() {
      if (lifetime.end()) room.free();
    },
  };
}
