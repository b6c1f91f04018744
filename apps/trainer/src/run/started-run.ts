import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { savedOptionsSchema } from '../options/parse.js';
import type { RunOptions } from '../options/run-options.js';
import { isAlive } from './draft.js';
import { writeJson } from './files.js';
import { keepIn, type Keep } from './keep.js';
import { RunCheckpoints, type RunState } from './run-checkpoints.js';
import { breakSeal, CHECKPOINTS, isSealed } from './sealed-folder.js';

/** Tells which process trains a run; there as long as it does. */
const RUNNING = '.running';

/** How a run stands: trained by a process now, brought to its end, or stopped on the way. */
export type RunStatus = 'running' | 'ended' | 'stopped';

/** A run whose folder is there, and which this process trains. */
export interface StartedRun {
  readonly folder: string;
  /** Where it goes on; undefined where it begins. */
  readonly state: RunState | undefined;
  /** What was made and kept when the run began; it is made by then, and read when the run goes on. */
  readonly keep: Keep;
  /** Where its checkpoints are below its folder, where that is not where they are of any run: then each must be written. */
  readonly checkpointsIn?: string;
}

/** Makes the folder of a run, or opens that of one which goes on. `subject` is what it learns from. */
export type StartRun = (subject: string, options: RunOptions) => Promise<StartedRun>;

/** How the folder of a run stands; undefined where there is no run. */
export function statusOf(folder: string): RunStatus | undefined {
  if (!existsSync(join(folder, 'options.json'))) return undefined;
  const running = join(folder, RUNNING);
  if (existsSync(running) && isAlive(Number(readFileSync(running, 'utf8')))) return 'running';
  return isSealed(folder) ? 'ended' : 'stopped';
}

/**
 * Makes the folder of a run with the options that it was started with.
 *
 * @throws Error where it can't be made or written.
 */
export async function beginRun(folder: string, options: RunOptions): Promise<StartedRun> {
  try {
    await writeJson(folder, 'options.json', options);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Error(`--runs: expected where a run can be written, got ${options.runs}: ${why}`, { cause });
  }
  return start(folder, undefined);
}

/**
 * Opens the folder of a run that was stopped, or that is made longer.
 *
 * @param state - of the checkpoint that it goes on from.
 */
export async function goOnWithRun(
  folder: string,
  options: RunOptions,
  state: RunState | undefined,
): Promise<StartedRun> {
  await breakSeal(folder);
  await writeJson(folder, 'options.json', options);
  return start(folder, state);
}

/** Keeps the options that a run turned out to have, with which it goes on, and opens its checkpoints. */
export async function settle(
  { folder, checkpointsIn }: StartedRun,
  options: RunOptions,
): Promise<RunCheckpoints> {
  await writeJson(folder, 'options.json', options);
  return new RunCheckpoints(folder, options, checkpointsIn);
}

/** Removes the folder of a run that failed before there was anything to go on from. */
export async function removeIfNothingLearned(folder: string): Promise<void> {
  const hasCheckpoint = existsSync(join(folder, CHECKPOINTS));
  if (!hasCheckpoint && !isSealed(folder)) await rm(folder, { recursive: true, force: true });
}

/** @throws Error where the file is none that this version knows; it is named. */
export async function readStartedOptions(folder: string): Promise<RunOptions> {
  const file = join(folder, 'options.json');
  const parsed = savedOptionsSchema().safeParse(parseJson(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new Error(`${file}: expected options that this version knows; ${path.join('.')}: ${message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function start(folder: string, state: RunState | undefined): StartedRun {
  const running = join(folder, RUNNING);
  writeFileSync(running, String(process.pid));
  process.once('exit', () => rmSync(running, { force: true }));
  return { folder, state, keep: keepIn(folder) };
}
