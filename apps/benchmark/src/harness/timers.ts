import type { Task } from './serve.js';

/** A task that times each call by itself; `prepare` comes before each and is not timed. */
export function timeEach(run: () => unknown, prepare: () => void = () => undefined): Task {
  return (iterations) =>
    Array.from({ length: iterations }, () => {
      prepare();
      const startedAt = performance.now();
      run();
      return performance.now() - startedAt;
    });
}

/**
 * A task for what takes microseconds: one time is the mean of a block of calls, which get their place in
 * the block; `prepare` comes before each block and is not timed.
 */
export function timeBlocks(
  size: number,
  run: (place: number) => unknown,
  prepare: () => void = () => undefined,
): Task {
  return (iterations) =>
    Array.from({ length: iterations }, () => {
      prepare();
      const startedAt = performance.now();
      for (let place = 0; place < size; place++) run(place);
      return (performance.now() - startedAt) / size;
    });
}
