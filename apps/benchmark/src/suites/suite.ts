import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from '../harness/child.js';
import type { Unavailable } from '../harness/protocol.js';
import type { Python } from '../harness/python.js';
import type { Findings } from '../harness/report.js';

export interface SuiteContext {
  /** Fewer rounds and sizes: to see that it works, not to publish. */
  readonly quick: boolean;
  readonly python: Python | undefined;
  /** Shows what is going on; never on stdout. */
  readonly onProgress: (line: string) => void;
}

export interface Suite {
  readonly name: string;
  /** What is measured, in a sentence or two. */
  readonly about: string;
  /** What its times are printed in; JSON has milliseconds throughout. */
  readonly unit: 'ms' | 'µs';
  /** Whether its tables have the 99th percentile, which is what people wait for. */
  readonly showsP99?: boolean;
  run(context: SuiteContext): Promise<Findings>;
}

/** Runs one of `src/contenders`; it gets `options` as JSON. `node` is the program that runs it (default: the one that runs this). */
export function nodeContender(script: string, options: object, node: string = process.execPath): Command {
  const path = fileURLToPath(new URL(`../contenders/${script}.js`, import.meta.url));
  return { file: node, args: [path, JSON.stringify(options)] };
}

/** A contender that computes with two threads, where there are cores for them. */
export function twoThreads(command: Command | Unavailable): Command | Unavailable {
  return availableParallelism() < 2 ? { unavailable: 'this machine has one core' } : command;
}

export const TWO_THREADS_NOTE =
  'Two threads share a memory. Where the system runs them on cores with caches of their own, what one writes for the ' +
  'other takes several times as long; minima are without such spells.';
