import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertRecommends, loadRecommender, tarStorage, type Recommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import type { StateLayerName } from '@rl-recsys/state/state-layer-names';
import { assertSealed } from './sealed-folder.js';

/** The record that a recommender is. */
export const RECOMMENDER_FILE = 'recommender.bin';

/** The state layers that are computed in plain loops. Others are by TensorFlow.js, which takes a while to load. */
const IN_PLAIN_LOOPS: readonly StateLayerName[] = ['drr-ave', 'decaying-sums'];

/**
 * What a run recommends by, or a recommender in one `.tar`. Only what is read is checked, and that it answers as it should: who waits for
 * an answer waits for nothing else.
 *
 * @throws Error where the folder is missing or damaged, the run learned something else than to recommend, or its answers are none.
 */
export async function loadRunRecommender(folder: string): Promise<Recommender> {
  const recommender = folder.endsWith('.tar')
    ? await loadRecommender(tarStorage(await readFile(folder)))
    : await inRun(folder);
  try {
    assertRecommends(recommender);
  } catch (cause) {
    throw new Error(`${folder}: ${(cause as Error).message}`, { cause });
  }
  return recommender;
}

async function inRun(folder: string): Promise<Recommender> {
  await assertSealed(folder, [RECOMMENDER_FILE, 'options.json']);
  if (!existsSync(join(folder, RECOMMENDER_FILE)))
    throw new Error(`${folder}: expected a run that recommends items, got one of numbers or choices`);
  const options: unknown = JSON.parse(await readFile(join(folder, 'options.json'), 'utf8'));
  if (!IN_PLAIN_LOOPS.includes((options as { readonly stateModule: StateLayerName }).stateModule)) {
    const { useWasmBackend } = await import('../backend.js');
    await useWasmBackend();
  }
  return loadRecommender(folderStorage(folder));
}
