import { startBackend } from '../contenders/backend.js';
import { tasks } from '../moving-taste/tasks.js';
import type { MovingExperiment } from './experiments.js';
import type { MovingMeasured } from './measured.js';

/** Trains DRR where taste moves within a session, beside policies that do not look ahead. */
export async function runMoving({ options }: MovingExperiment): Promise<MovingMeasured> {
  await startBackend({ backend: 'wasm', fastKernels: true });
  const { task: name, ...training } = options;
  const task = tasks.find((each) => each.name === name);
  if (!task) {
    throw new RangeError(`task: expected one of ${tasks.map((each) => each.name).join(', ')}, got ${name}`);
  }
  return task.run(training);
}
