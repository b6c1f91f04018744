import { startChild, type Child, type Command } from './child.js';
import type { About, Unavailable } from './protocol.js';
import { summarize, type Summary } from './statistics.js';

/** Who takes part. Entries that share one `command` object share its process. */
export interface Entry {
  readonly name: string;
  readonly command: Command | Unavailable;
  /** Which of the child's tasks (default 'run'). */
  readonly task?: string;
}

/** How long is measured. */
export interface Plan {
  /** How often everybody has a turn. */
  readonly rounds: number;
  /** About how long a turn is; it has 2 to 2,000 iterations. */
  readonly turnMs: number;
  /** How long everybody runs before the first round: V8 compiles what is hot. */
  readonly warmUpMs: number;
  /** Makes every turn so many iterations, whatever they take. */
  readonly iterations?: number;
  /** Nobody warms up: for what a process does once, such as reading a large file. */
  readonly isCold?: boolean;
}

/** What came of an entry. */
export interface Result extends Summary {
  readonly name: string;
  readonly details: Readonly<Record<string, number>>;
  readonly about: About;
}

export interface Missing {
  readonly name: string;
  /** Why it could not take part, and what to do about it. */
  readonly missing: string;
}

export type Outcome = Result | Missing;

interface Runner {
  readonly name: string;
  readonly task: string;
  readonly child: Child;
  readonly times: number[];
  readonly details: Record<string, number>;
  iterations: number;
}

/**
 * Lets contenders take turns, round by round, each round begun by another, so that whatever else the
 * machine does meets all of them alike. One is busy at a time. The times of all rounds are pooled.
 *
 * @returns the outcomes in the order of the entries.
 */
export async function race(
  entries: readonly Entry[],
  plan: Plan,
  onProgress: (line: string) => void = () => undefined,
): Promise<Outcome[]> {
  const children = new Map<Command, Child | Unavailable>();
  const runners: Runner[] = [];
  const missing: Missing[] = [];
  try {
    for (const { name, command, task = 'run' } of entries) {
      if ('unavailable' in command) {
        missing.push({ name, missing: command.unavailable });
        continue;
      }
      const child = children.get(command) ?? (await startChild(command));
      children.set(command, child);
      if ('unavailable' in child) {
        missing.push({ name, missing: child.unavailable });
        continue;
      }
      runners.push({ name, task, child, times: [], details: {}, iterations: 1 });
    }
    for (const runner of runners) await warmUp(runner, plan);
    for (let round = 0; round < plan.rounds; round++) {
      onProgress(`round ${round + 1} of ${plan.rounds}: ${runners.map(({ name }) => name).join(', ')}`);
      for (let turn = 0; turn < runners.length; turn++) {
        await takeTurn(runners[(round + turn) % runners.length]!, plan);
      }
    }
  } finally {
    for (const child of children.values()) if ('close' in child) await child.close();
  }
  const results = runners.map(({ name, times, details, child }) => {
    return { name, ...summarize(times), details, about: child.about };
  });
  return entries.map(({ name }) => [...results, ...missing].find((outcome) => outcome.name === name)!);
}

/** Twice as many iterations each time, until it has lasted long enough to say how many fill a turn. */
async function warmUp(runner: Runner, { turnMs, warmUpMs, iterations, isCold = false }: Plan): Promise<void> {
  const { child, task } = runner;
  if (iterations !== undefined) {
    runner.iterations = iterations;
    if (isCold) return;
    await child.request({ task, warmUp: 0, iterations: Math.min(iterations, 100) });
    return;
  }
  const startedAt = performance.now();
  let count = 1;
  let msEach: number;
  do {
    const askedAt = performance.now();
    await child.request({ task, warmUp: 0, iterations: count });
    // With its preparation, and all calls of a block: a turn lasts as long as that.
    msEach = (performance.now() - askedAt) / count;
    count = Math.min(2 * count, 1000);
  } while (performance.now() - startedAt < warmUpMs);
  runner.iterations = Math.max(2, Math.min(2000, Math.round(turnMs / msEach)));
}

async function takeTurn(runner: Runner, plan: Plan): Promise<void> {
  const { child, task, iterations } = runner;
  const warmUp = plan.iterations === undefined ? Math.min(5, Math.ceil(iterations / 10)) : 0;
  const { times, details = {} } = await child.request({ task, iterations, warmUp });
  for (const time of times) runner.times.push(time);
  for (const [name, value] of Object.entries(details)) {
    runner.details[name] = (runner.details[name] ?? 0) + value;
  }
}
