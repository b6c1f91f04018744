import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { saveRecommender, type Recommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import type { RunOptions } from '../options/run-options.js';
import { writeJson } from './files.js';
import type { RunFacts } from './run-facts.js';
import { REPORT_FILE, reportOf, writeFacts } from './run-report.js';
import { sealFolder } from './sealed-folder.js';
import type { Table } from './table.js';

/** A run on a log as training leaves it. */
export interface FinishedRun {
  readonly options: RunOptions;
  readonly recommender: Recommender;
  readonly table: Table;
  readonly facts: RunFacts;
}

/** Writes everything that a run is to its folder, a report among it, and seals it. */
export async function saveRun(folder: string, run: FinishedRun): Promise<void> {
  await sealFolder(folder, async () => {
    await writeJson(folder, 'options.json', run.options);
    await writeJson(folder, 'table.json', run.table);
    await writeFacts(folder, run.facts);
    await saveRecommender(run.recommender, folderStorage(folder));
    await writeFile(join(folder, REPORT_FILE), await reportOf(folder, basename(folder), run));
  });
}
