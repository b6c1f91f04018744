import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TrainingMetrics } from '@rl-recsys/agent';
import type { Dataset } from '@rl-recsys/datasets';
import { saveRecommender, type Recommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import type { RunOptions } from '../options/run-options.js';
import { renderReport } from '../report/report.js';
import { writeJson } from './files.js';
import { takeLive } from './live-folder.js';
import { createSealedFolder } from './sealed-folder.js';
import type { Table } from './table.js';

/** A run on a log as training leaves it. */
export interface FinishedRun {
  readonly options: RunOptions;
  readonly dataset: Dataset;
  readonly recommender: Recommender;
  readonly metrics: readonly TrainingMetrics[];
  readonly table: Table;
  readonly seconds: number;
}

/** Writes everything that a run is to a new folder, a report among it. */
export async function saveRun(folder: string, run: FinishedRun): Promise<void> {
  const { options, dataset, recommender, metrics, table, seconds } = run;
  const { name, users, items, log } = dataset;
  await createSealedFolder(folder, async (draft) => {
    await writeJson(draft, 'options.json', options);
    await writeJson(draft, 'table.json', table);
    await saveRecommender(recommender, folderStorage(draft));
    await takeLive(folder, draft);
    const facts = { name, users: users.size, items: items.size, ratings: log.ratings.length };
    const shown = options as RunOptions & Record<string, unknown>;
    const report = renderReport({
      name: basename(folder),
      options: shown,
      dataset: facts,
      metrics,
      table,
      seconds,
    });
    await writeFile(join(draft, 'report.html'), report);
  });
}
