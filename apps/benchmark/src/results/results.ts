import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from './configuration.js';
import { listExperiments } from './experiments.js';
import { formatPage } from './page/page.js';
import { readRun, type Run } from './run-file.js';
import { runExperiments } from './run-experiments.js';

export interface ResultsOptions {
  /** One seed on MovieLens 100K, printed instead of written to RESULTS.md. */
  readonly quick: boolean;
  /** Runs only the experiments whose id has this in it; the page has all that there are. */
  readonly only?: string;
  readonly jobs: number;
}

const home = fileURLToPath(new URL('../../results', import.meta.url));
const page = fileURLToPath(new URL('../../../../RESULTS.md', import.meta.url));

/**
 * Runs the experiments that are missing and makes the page of all that are there.
 *
 * @returns the ids of the experiments that failed.
 */
export async function makeResults({ quick, only = '', jobs }: ResultsOptions): Promise<string[]> {
  const configuration = readConfiguration(join(home, quick ? 'quick.json' : 'config.json'));
  const experiments = listExperiments(configuration);
  const folder = join(home, quick ? 'quick/runs' : 'runs');
  const failed = await runExperiments(
    experiments.filter(({ id }) => id.includes(only)),
    { folder, jobs, onProgress: (line) => console.error(line) },
  );

  const runs = new Map<string, Run>();
  for (const experiment of experiments) {
    const run = readRun(folder, experiment);
    if (run) runs.set(run.id, run);
  }
  const { markdown, plots } = formatPage(
    { configuration, runs },
    { plotFolder: 'apps/benchmark/results/plots' },
  );
  const plotFolder = join(home, quick ? 'quick/plots' : 'plots');
  mkdirSync(plotFolder, { recursive: true });
  for (const [name, svg] of plots) writeFileSync(join(plotFolder, name), svg);
  if (quick) {
    console.log(markdown);
    console.error(`Wrote plots to ${plotFolder}`);
  } else {
    writeFileSync(page, markdown);
    console.error(`Wrote ${page}: ${runs.size} of ${experiments.length} experiments`);
  }
  return failed;
}
