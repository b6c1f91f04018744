import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { lastTenth } from './last-tenth.js';
import type { Outcome, Trial } from './trial.js';

/**
 * Trains a trial in a process of its own, whose run is removed afterwards: training keeps a process to itself, in which nobody could say
 * that a worker is alive.
 *
 * @param signal - ends the process.
 */
export async function runTrial({ options, figure }: Trial, signal: AbortSignal): Promise<Outcome> {
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'rl-recsys-trial-'));
  try {
    const config = join(folder, 'options.json');
    await writeFile(config, JSON.stringify(options));
    const line = ['train', '--config', config, '--runs', folder, '--name', 'trial', '--json'];
    const child = spawn(process.execPath, [process.argv[1]!, ...line], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    const aborted = once(child, 'error').then(([cause]) => Promise.reject(cause as Error));
    const [stdout, stderr, [code]] = await Promise.race([
      Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>]),
      aborted,
    ]);
    const seconds = (performance.now() - startedAt) / 1000;
    if (code !== 0) {
      const error = /^error: (.*)$/m.exec(stderr)?.[1] ?? `train ended with ${code}`;
      return { value: null, result: null, error, seconds };
    }
    const lines = (await readFile(join(folder, 'trial', 'metrics.jsonl'), 'utf8')).trim().split('\n');
    const value = lastTenth(
      lines.map((each) => JSON.parse(each) as TrainingMetrics),
      figure,
    );
    const error = value === null ? `${figure}: expected a figure of this training, got none` : null;
    return { value, result: withoutPlaces(JSON.parse(stdout) as Record<string, never>), error, seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where a run was and how long it took differ each time. */
function withoutPlaces(result: Record<string, never>): Outcome['result'] {
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'run' && name !== 'seconds'));
}
