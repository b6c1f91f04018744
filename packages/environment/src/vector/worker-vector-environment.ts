import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { SavedState } from '@rl-recsys/random';
import type { Environment, ResetResult, StepResult } from '../environment.js';
import { canBeSaved } from '../saving.js';
import { makerFrom } from './environment-module.js';
import { EnvironmentWorker } from './environment-worker.js';
import { inLockstep } from './in-lockstep.js';
import type { VectorEnvironment } from './vector-environment.js';

/** What makes environments in worker threads. */
export interface WorkerVectorOptions {
  /**
   * The module whose default export makes an environment (or promises one), called with `options`: its
   * URL, as `new URL('./my-environment.js', import.meta.url)` or as text, or its path.
   */
  readonly module: URL | string;
  /** How many environments. */
  readonly count: number;
  /** How many threads share them, at most `count`. Default: one for each processor. */
  readonly workers?: number;
  /** What the module's function gets; it is copied to every worker, so it can't hold functions. */
  readonly options?: unknown;
}

/**
 * Several environments in worker threads of Node, stepped together: for environments that take long to
 * compute. Sending a step to a thread and back costs some hundredths of a millisecond; below that,
 * `syncVectorEnvironment` is faster.
 *
 * The same seeds give the same results as in one process. One more environment is made here, to know the
 * spaces, and closed at once. Call `close` at the end: workers keep a program alive. See
 * {@link VectorEnvironment} for how episodes end and begin. A worker that throws or exits rejects the
 * call under way and all later ones.
 *
 * @throws RangeError where `count` or `workers` is not a positive integer, or `workers` above `count`.
 * @throws TypeError where the module's default export is no function.
 */
export async function workerVectorEnvironment<Observation, Action>({
  module,
  count,
  workers = Math.min(count, availableParallelism()),
  options,
}: WorkerVectorOptions): Promise<VectorEnvironment<Observation, Action>> {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`count: expected a positive integer, got ${count}`);
  }
  if (!Number.isSafeInteger(workers) || workers < 1 || workers > count) {
    throw new RangeError(`workers: expected an integer from 1 to count = ${count}, got ${workers}`);
  }
  const url = urlOf(module);
  const make = await makerFrom(url);
  const shown = (await make(options)) as Environment<Observation, Action>;
  await shown.close?.();

  const environments = Array.from({ length: workers }, (_, index) => {
    const share = Math.floor((count - index - 1) / workers) + 1;
    const worker = new EnvironmentWorker({ module: url, options, count: share });
    return Array.from({ length: share }, (_, place) => remote(worker, place, shown));
  });
  const [first, ...others] = environments.flat();
  return inLockstep(first!, others);
}

/** An environment whose calls are made in a worker. */
function remote<Observation, Action>(
  worker: EnvironmentWorker,
  place: number,
  shown: Environment<Observation, Action>,
): Environment<Observation, Action> {
  return {
    observationSpace: shown.observationSpace,
    actionSpace: shown.actionSpace,
    reset: (options) => worker.call(place, 'reset', options) as Promise<ResetResult<Observation>>,
    step: (action) => worker.call(place, 'step', action) as Promise<StepResult<Observation>>,
    ...(canBeSaved(shown) && {
      state: () => worker.call(place, 'state') as Promise<SavedState>,
      restore: async (state: SavedState) => void (await worker.call(place, 'restore', state)),
    }),
    close: () => worker.close(),
  };
}

/** A path is relative to where the program runs, as for Node's own `Worker`. */
function urlOf(module: URL | string): string {
  const isUrl = typeof module !== 'string' || /^(file|data):/.test(module);
  return isUrl ? String(module) : pathToFileURL(module).href;
}
