import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Machine } from '../harness/machine.js';
import type { Experiment } from './experiments.js';
import type { Measured } from './measured.js';

/** An experiment that has been run. */
export interface Run {
  readonly id: string;
  readonly kind: Experiment['kind'];
  readonly options: Experiment['options'];
  readonly machine: Pick<Machine, 'cpu' | 'cores' | 'memoryGiB' | 'platform' | 'node' | 'tfjs' | 'date'>;
  /** Wall-clock time of the whole experiment. */
  readonly seconds: number;
  readonly measured: Measured;
}

/** Where the run of an experiment is kept. */
export function runFile(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}

/** The run of exactly this experiment; undefined where there is none, or one of other options. */
export function readRun(folder: string, experiment: Experiment): Run | undefined {
  const file = runFile(folder, experiment.id);
  if (!existsSync(file)) return undefined;
  let run: Run;
  try {
    run = JSON.parse(readFileSync(file, 'utf8')) as Run;
  } catch (cause) {
    throw new Error(`${file}: expected the JSON of a run; delete it to run it again`, { cause });
  }
  return isDeepStrictEqual(run.options, experiment.options) ? run : undefined;
}

/** Writes beside the place and moves it there, so that what is there is whole. */
export function writeRun(file: string, run: Run): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  writeFileSync(draft, formatRun(run));
  renameSync(draft, file);
}

/** JSON with a line for each policy, so that differences can be read; figures have five decimals. */
export function formatRun({ measured, ...run }: Run): string {
  const json = (value: unknown) =>
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'number' ? fiveDecimals(each) : each));
  const list = (values: readonly unknown[]) =>
    `[\n${values.map((each) => `      ${json(each)}`).join(',\n')}\n    ]`;
  const figures = Object.entries(measured)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `    ${json(name)}: ${isRows(value) ? list(value) : json(value)}`);
  const facts = Object.entries(run).map(([name, value]) => `  ${json(name)}: ${JSON.stringify(value)}`);
  return `{\n${facts.join(',\n')},\n  "measured": {\n${figures.join(',\n')}\n  }\n}\n`;
}

function isRows(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && typeof value[0] === 'object' && 'policy' in (value[0] as object);
}

function fiveDecimals(value: number): number {
  return Number(value.toFixed(5));
}
