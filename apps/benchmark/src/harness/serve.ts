import { createInterface } from 'node:readline';
import type { About, TurnAnswer, TurnRequest } from './protocol.js';

/** Does something so many times and tells how long each took. */
export type Task = (
  iterations: number,
) => readonly number[] | TurnAnswer | Promise<readonly number[] | TurnAnswer>;

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

/** The child's side where it can't take part: says why, instead of being ready. */
export function decline(reason: string): void {
  say({ unavailable: reason });
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
