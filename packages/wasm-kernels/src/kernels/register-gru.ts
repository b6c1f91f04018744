import type * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { GruBackward } from '../fused/gru-backward.js';
import { GruForward } from '../fused/gru-forward.js';
import { Room } from '../fused/room.js';
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

function forward(fast: FastKernels, projected: tf.TensorInfo, recurrentKernel: tf.TensorInfo) {
  const [length, batch, width] = projected.shape as [number, number, number];
  const units = width / 3;
  const make = (columns: number) => fast.backend.makeOutput([length, batch, columns], 'float32');
  const [states, gates, candidates] = [make(units), make(2 * units), make(units)];
  const room = new Room(fast);
  const pass = new GruForward(room, { length, batch, units });
  const steps = addressesOf(fast, { states, gates, candidates });
  pass.run(fast.addressOf(projected), fast.addressOf(recurrentKernel), steps);
  room.free();
  return [states, gates, candidates];
}

function backward(fast: FastKernels, recurrentKernel: tf.TensorInfo, { gradient, ...steps }: Past) {
  const [length, batch, units] = steps.states.shape as [number, number, number];
  const projectedGradient = fast.backend.makeOutput([length, batch, 3 * units], 'float32');
  const kernelGradient = fast.backend.makeOutput(recurrentKernel.shape, 'float32');
  const room = new Room(fast);
  const pass = new GruBackward(room, { length, batch, units });
  const to = addressesOf(fast, { projected: projectedGradient, recurrentKernel: kernelGradient });
  pass.run(fast.addressOf(gradient), fast.addressOf(recurrentKernel), addressesOf(fast, steps), to);
  room.free();
  return [projectedGradient, kernelGradient];
}

function addressesOf<Name extends string>(
  fast: FastKernels,
  tensors: Readonly<Record<Name, tf.TensorInfo>>,
): Record<Name, number> {
  const entries = Object.entries<tf.TensorInfo>(tensors);
  return Object.fromEntries(entries.map(([name, tensor]) => [name, fast.addressOf(tensor)])) as Record<
    Name,
    number
  >;
}
