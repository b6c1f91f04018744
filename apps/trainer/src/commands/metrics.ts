import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { metricsCsv } from '@rl-recsys/metrics';
import { METRICS_FILE, readJsonLines } from '@rl-recsys/metrics/files';
import { liveFolderOf } from '../run/live-folder.js';
import { assertSealed } from '../run/sealed-folder.js';

/**
 * Writes the lines of a run as CSV, also of one that goes on: to a file, or where none is named to the terminal.
 *
 * @throws Error where there is no such run, or it is damaged.
 */
export async function metrics({ run, csv }: { readonly run: string; readonly csv?: string }): Promise<void> {
  const isGoingOn = !existsSync(run) && existsSync(liveFolderOf(run));
  if (!isGoingOn) await assertSealed(run, [METRICS_FILE]);
  const folder = isGoingOn ? liveFolderOf(run) : run;
  const lines = await readJsonLines<TrainingMetrics>(join(folder, METRICS_FILE));
  const text = metricsCsv(lines);
  if (csv === undefined) {
    process.stdout.write(text);
  } else {
    await writeFile(csv, text);
    console.log(`Wrote ${csv}: ${lines.length} lines.`);
  }
}
