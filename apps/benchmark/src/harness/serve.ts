import { createInterface } from 'node:readline';
import type { About, TurnAnswer, TurnRequest } from './protocol.js';

/** Does something so many times and tells how long each took. */
export type Task = (iterations: number) => readonly number[] | TurnAnswer | Promise<TurnAnswer>;

/**
 * The child's side: says that it is ready, then answers requests until its stdin ends.
 *
 * @throws Error where a request names a task that there is not.
 */
export async function serve(tasks: Readonly<Record<string, Task>>, about: About = {}): Promise<void> {
  say({ ready: about });
  for await (const line of createInterface({ input: process.stdin })) {
    const { task, iterations, warmUp } = JSON.parse(line) as TurnRequest;
    const run = tasks[task];
    if (!run) throw new Error(`task: expected one of ${Object.keys(tasks).join(', ')}, got ${task}`);
    if (warmUp > 0) await run(warmUp);
    const answer = await run(iterations);
    say('times' in answer ? answer : { times: answer });
  }
}

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

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
