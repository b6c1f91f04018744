import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpisodeSummary } from '@rl-recsys/agent';
import type { SavedState } from '@rl-recsys/random';
import { encodeSaved, saveRecommender, type Recommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import type { RunOptions } from '../options/run-options.js';
import { writeJson, writeLines } from './files.js';
import type { RunFacts } from './run-facts.js';
import { writeFacts } from './run-report.js';
import { sealFolder } from './sealed-folder.js';

/** What was learned on an environment, as far as training has come. */
export interface EnvironmentRun {
  readonly options: RunOptions;
  /** Of the agent, as `state()` gives it. */
  readonly state: SavedState;
  /** Where items are recommended. */
  readonly recommender: Recommender | undefined;
  readonly episodes: readonly EpisodeSummary[];
  readonly facts: RunFacts;
}

/** The record that an agent's state is. */
export const AGENT_FILE = 'agent.bin';

/** Writes what was learned on an environment to the folder of its run, and seals it. */
export async function saveEnvironmentRun(folder: string, run: EnvironmentRun): Promise<void> {
  const { options, state, recommender, episodes, facts } = run;
  await sealFolder(folder, async () => {
    await writeJson(folder, 'options.json', options);
    await writeFacts(folder, facts);
    await writeFile(join(folder, AGENT_FILE), encodeSaved(state));
    if (recommender) await saveRecommender(recommender, folderStorage(folder));
    await writeLines(folder, 'episodes.jsonl', episodes);
  });
}
