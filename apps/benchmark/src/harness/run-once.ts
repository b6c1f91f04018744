import { startChild } from './child.js';
import type { Entry, Outcome } from './race.js';
import { summarize } from './statistics.js';

/**
 * For what takes too long for a race: a contender in a process of its own that does its work once, before it is
 * ready, and has the milliseconds that it took as `times` of what it says about itself.
 *
 * @throws Error where it says nothing of times.
 */
export async function runOnce({ name, command }: Omit<Entry, 'task'>): Promise<Outcome> {
  const child = 'unavailable' in command ? command : await startChild(command);
  if ('unavailable' in child) return { name, missing: child.unavailable };
  await child.close();
  const { about } = child;
  if (!Array.isArray(about.times)) {
    throw new Error(`${name}: expected the times of its work, got ${JSON.stringify(about)}`);
  }
  return { name, ...summarize(about.times as number[]), details: {}, about };
}
