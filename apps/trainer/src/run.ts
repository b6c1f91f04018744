import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '@rl-recsys/datasets';
import { IdMap } from '@rl-recsys/rating-log';
import { z } from 'zod';
import { readArrays, writeArrays } from './array-file.js';
import type { TableRow, TrainingMetrics } from './metrics.js';
import { trainOptionsSchema, type TrainOptions } from './options.js';
import type { Recommender, TrainedRecommender } from './recommender.js';
import { renderReport } from './report/report.js';
import { assertSealed, createSealedFolder } from './sealed-folder.js';
import { variantOf } from './variants/index.js';

/** A run as training leaves it. */
export interface FinishedRun {
  readonly options: TrainOptions;
  readonly dataset: Dataset;
  readonly recommender: TrainedRecommender;
  readonly metrics: readonly TrainingMetrics[];
  readonly table: readonly TableRow[];
  readonly seconds: number;
}

/** A run as it is loaded: enough to recommend, and to evaluate again. */
export interface LoadedRun {
  readonly options: TrainOptions;
  readonly dataset: Dataset;
  readonly recommender: Recommender;
}

const datasetSchema = z.object({
  name: z.string(),
  userCount: z.int(),
  itemCount: z.int(),
  scale: z.object({ min: z.number(), max: z.number() }),
  replaced: z.int(),
  users: z.array(z.string()),
  items: z.array(z.string()),
  titles: z.array(z.tuple([z.int(), z.string()])),
  categories: z.array(z.tuple([z.int(), z.array(z.string())])),
});

/** Writes everything that a run is to a new folder. */
export async function saveRun(folder: string, run: FinishedRun): Promise<void> {
  const { options, dataset, recommender, metrics, table, seconds } = run;
  const { name, log, users, items, titles, categories, replaced } = dataset;
  const { userCount, itemCount, scale, offsets, items: ratedItems, ratings, timestamps } = log;
  await createSealedFolder(folder, async (draft) => {
    const writeJson = (file: string, value: unknown) =>
      writeFile(join(draft, file), JSON.stringify(value, null, 2) + '\n');
    await writeJson('options.json', options);
    await writeJson('table.json', table);
    await writeJson('dataset.json', {
      name,
      userCount,
      itemCount,
      scale,
      replaced,
      users: users.ids,
      items: items.ids,
      titles: [...titles],
      categories: [...categories],
    });
    await writeArrays(join(draft, 'ratings.msgpack'), { offsets, items: ratedItems, ratings, timestamps });
    await recommender.save(draft);
    await writeFile(
      join(draft, 'metrics.jsonl'),
      metrics.map((line) => JSON.stringify(line) + '\n').join(''),
    );
    const facts = { name, users: userCount, items: itemCount, ratings: ratings.length };
    const report = renderReport({ name: folder, options, dataset: facts, metrics, table, seconds });
    await writeFile(join(draft, 'report.html'), report);
  });
}

/**
 * Reads what {@link saveRun} wrote.
 *
 * @throws Error where the folder is missing or damaged; the file is named.
 */
export async function loadRun(folder: string): Promise<LoadedRun> {
  await assertSealed(folder);
  const readJson = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, file), 'utf8'));
  const options = trainOptionsSchema.parse(await readJson('options.json'));
  const { users, items, titles, categories, name, replaced, ...shape } = datasetSchema.parse(
    await readJson('dataset.json'),
  );
  const rows = await readArrays<Pick<Dataset['log'], 'offsets' | 'items' | 'ratings' | 'timestamps'>>(
    join(folder, 'ratings.msgpack'),
  );
  return {
    options,
    dataset: {
      name,
      replaced,
      log: { ...shape, ...rows },
      users: new IdMap(users),
      items: new IdMap(items),
      titles: new Map(titles),
      categories: new Map(categories),
    },
    recommender: await variantOf(options).load(folder, options),
  };
}
