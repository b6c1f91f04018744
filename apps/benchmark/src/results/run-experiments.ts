import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Experiment } from './experiments.js';
import { readRun, runFile } from './run-file.js';

export interface RunExperimentsOptions {
  /** Where runs are kept. */
  readonly folder: string;
  /** How many at once. */
  readonly jobs: number;
  readonly onProgress: (line: string) => void;
  /** Runs one and writes its file; rejects where it fails (default: in a process of its own). */
  readonly run?: (experiment: Experiment, file: string) => Promise<void>;
}

/**
 * Runs the experiments whose run is not there yet, in their order. One that fails doesn't stop the others.
 *
 * @returns the ids of those that failed.
 */
export async function runExperiments(
  experiments: readonly Experiment[],
  { folder, jobs, onProgress, run = runInChild }: RunExperimentsOptions,
): Promise<string[]> {
  const missing = experiments.filter((experiment) => readRun(folder, experiment) === undefined);
  onProgress(`${experiments.length - missing.length} of ${experiments.length} experiments are there already`);
  const failed: string[] = [];
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < missing.length) {
      const experiment = missing[begun++]!;
      const label = `[${begun}/${missing.length}] ${experiment.id}`;
      onProgress(`${label} …`);
      const startedAt = performance.now();
      try {
        await run(experiment, runFile(folder, experiment.id));
        onProgress(`${label}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
      } catch (error) {
        failed.push(experiment.id);
        onProgress(`${label} FAILED: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return failed;
}

/** A process of its own for each, so that none finds memory or compiled code of another. */
function runInChild(experiment: Experiment, file: string): Promise<void> {
  const script = fileURLToPath(new URL('run-experiment.js', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(experiment), file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints = (complaints + String(text)).slice(-4000)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`it ended with ${signal ?? `exit code ${code}`}\n${complaints}`));
    });
  });
}
