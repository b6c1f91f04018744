import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { saveRecommender, type Recommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import type { RunOptions } from '../options/run-options.js';
import { writeJson } from './files.js';
import { takeLive } from './live-folder.js';
import type { RunFacts } from './run-facts.js';
import { REPORT_FILE, reportOf, writeFacts } from './run-report.js';
import { createSealedFolder } from './sealed-folder.js';
import type { Table } from './table.js';

/** A run on a log as training leaves it. */
export interface FinishedRun {
  readonly options: RunOptions;
  readonly recommender: Recommender;
  readonly table: Table;
  readonly facts: RunFacts;
}

/** Writes everything that a run is to a new folder, a report among it. */
export async function saveRun(folder: string, run: FinishedRun): Promise<void> {
  await createSealedFolder(folder, async (draft) => {
    await writeJson(draft, 'options.json', run.options);
    await writeJson(draft, 'table.json', run.table);
    await writeFacts(draft, run.facts);
    await saveRecommender(run.recommender, folderStorage(draft));
    await takeLive(folder, draft);
    await writeFile(join(draft, REPORT_FILE), await reportOf(draft, basename(folder), run));
  });
}
