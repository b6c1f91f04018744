import type * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const GRU_STATES = 'GruStates';
export const GRU_STATES_GRADIENT = 'GruStatesGradient';

/** A gated recurrent unit's whole sequence as one kernel, and the way back through it as another. */
export function registerGru(fast: FastKernels): void {
  register<{ projected: tf.TensorInfo; recurrentKernel: tf.TensorInfo }, object>(
    fast,
    GRU_STATES,
    ({ projected, recurrentKernel }) => forward(fast, projected, recurrentKernel),
  );
  register<Record<keyof Past, tf.TensorInfo> & { recurrentKernel: tf.TensorInfo }, object>(
    fast,
    GRU_STATES_GRADIENT,
    ({ recurrentKernel, ...past }) => backward(fast, recurrentKernel, past),
  );
}

/** What the way back needs of the way forward, and the gradient that it begins with. */
interface Past {
  readonly gradient: tf.TensorInfo;
  readonly states: tf.TensorInfo;
  readonly gates: tf.TensorInfo;
  readonly candidates: tf.TensorInfo;
}

/** U's columns, which lie side by side, apart. */
function splitKernel(fast: FastKernels, kernel: tf.TensorInfo, units: number, room: Room) {
  const [gates, candidate] = [room.take(2 * units * units), room.take(units * units)];
  const from = fast.addressOf(kernel);
  fast.exports.copyColumns(from, 12 * units, gates, 8 * units, units, 8 * units);
  fast.exports.copyColumns(from + 8 * units, 12 * units, candidate, 4 * units, units, 4 * units);
  return { gates, candidate };
}

function forward(fast: FastKernels, projected: tf.TensorInfo, recurrentKernel: tf.TensorInfo) {
  const [length, batch, width] = projected.shape as [number, number, number];
  const units = width / 3;
  const make = (columns: number) => fast.backend.makeOutput([length, batch, columns], 'float32');
  const [states, gates, candidates] = [make(units), make(2 * units), make(units)];
  const room = new Room(fast);
  const kernel = splitKernel(fast, recurrentKernel, units, room);
  const [product, reset, zeros] = [2, 1, 1].map((times) => room.take(times * batch * units));
  fast.floats(zeros!, batch * units).fill(0);
  const [p, h, g, c] = [projected, states, gates, candidates].map((tensor) => fast.addressOf(tensor));
  const step = 4 * batch * units;
  let before = zeros!;
  for (let at = 0; at < length * step; at += step) {
    fast.matMul(false, false, batch, 2 * units, units, before, kernel.gates, product!);
    fast.exports.gruGates(p! + 3 * at, product!, before, g! + 2 * at, reset!, batch, units);
    fast.matMul(false, false, batch, units, units, reset!, kernel.candidate, product!);
    // prettier-ignore
    fast.exports.gruAdvance(p! + 3 * at, product!, before, g! + 2 * at, c! + at, h! + at, batch, units);
    before = h! + at;
  }
  room.free();
  return [states, gates, candidates];
}

function backward(fast: FastKernels, recurrentKernel: tf.TensorInfo, past: Past) {
  const { exports } = fast;
  const [length, batch, units] = past.states.shape as [number, number, number];
  const projectedGradient = fast.backend.makeOutput([length, batch, 3 * units], 'float32');
  const kernelGradient = fast.backend.makeOutput(recurrentKernel.shape, 'float32');
  const room = new Room(fast);
  const kernel = splitKernel(fast, recurrentKernel, units, room);
  const rows = length * batch;
  const [gatesGradient, candidatesGradient, reset] = [2, 1, 1].map((times) =>
    room.take(times * rows * units),
  );
  const [carried, product, resetGradient, zeros] = [1, 1, 1, 1].map(() => room.take(batch * units));
  // Read before they are written: nothing comes from after the last step, and nothing was before the first.
  for (const address of [carried!, product!, zeros!]) fast.floats(address, batch * units).fill(0);
  const { gradient, states, gates, candidates } = past;
  const [dy, h, g, c] = [gradient, states, gates, candidates].map((tensor) => fast.addressOf(tensor));
  const step = 4 * batch * units;
  for (let at = (length - 1) * step; at >= 0; at -= step) {
    const before = at === 0 ? zeros! : h! + at - step;
    const [dGates, dCandidates] = [gatesGradient! + 2 * at, candidatesGradient! + at];
    // prettier-ignore
    exports.gruAdvanceGradient(
      dy! + at, carried!, product!, before, g! + 2 * at, c! + at, dGates, dCandidates, batch, units,
    );
    fast.matMul(false, true, batch, units, units, dCandidates, kernel.candidate, resetGradient!);
    // prettier-ignore
    exports.gruGatesGradient(
      resetGradient!, before, g! + 2 * at, dGates, reset! + at, carried!, batch, units,
    );
    fast.matMul(false, true, batch, units, 2 * units, dGates, kernel.gates, product!);
  }

  // Of all steps at once; before the first one h was 0.
  const later = rows - batch;
  if (later > 0) {
    fast.matMul(true, false, units, 2 * units, later, h!, gatesGradient! + 2 * step, kernel.gates);
  } else fast.floats(kernel.gates, 2 * units * units).fill(0);
  fast.matMul(true, false, units, units, rows, reset!, candidatesGradient!, kernel.candidate);
  const [toProjected, toKernel] = [projectedGradient, kernelGradient].map((tensor) => fast.addressOf(tensor));
  exports.copyColumns(gatesGradient!, 8 * units, toProjected!, 12 * units, rows, 8 * units);
  exports.copyColumns(candidatesGradient!, 4 * units, toProjected! + 8 * units, 12 * units, rows, 4 * units);
  exports.copyColumns(kernel.gates, 8 * units, toKernel!, 12 * units, units, 8 * units);
  exports.copyColumns(kernel.candidate, 4 * units, toKernel! + 8 * units, 12 * units, units, 4 * units);
  room.free();
  return [projectedGradient, kernelGradient];
}

/** Memory that is given back together. */
class Room {
  private readonly taken: number[] = [];

  constructor(private readonly fast: FastKernels) {}

  take(length: number): number {
    const address = this.fast.allocate(length);
    this.taken.push(address);
    return address;
  }

  free(): void {
    for (const address of this.taken) this.fast.free(address);
  }
}
