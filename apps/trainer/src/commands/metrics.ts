import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { metricsCsv } from '@rl-recsys/metrics';
import { METRICS_FILE, readJsonLines } from '@rl-recsys/metrics/files';
import { assertSealed } from '../run/sealed-folder.js';
import { statusOf } from '../run/started-run.js';

/**
 * Writes the lines of a run as CSV, also of one that goes on: to a file, or where none is named to the terminal.
 *
 * @throws Error where there is no such run, or it is damaged.
 */
export async function metrics({ run, csv }: { readonly run: string; readonly csv?: string }): Promise<void> {
  const status = statusOf(run);
  const isGoingOn = status === 'running' || status === 'stopped';
  if (!isGoingOn) await assertSealed(run, [METRICS_FILE]);
  const file = join(run, METRICS_FILE);
  // One that has only begun has no line yet.
  const lines = isGoingOn && !existsSync(file) ? [] : await readJsonLines<TrainingMetrics>(file);
  const text = metricsCsv(lines);
  if (csv === undefined) {
    process.stdout.write(text);
  } else {
    await writeFile(csv, text);
    console.log(`Wrote ${csv}: ${lines.length} lines.`);
  }
}
