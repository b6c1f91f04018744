import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ResidualAgent, ResidualPolicy, type ResidualOptions } from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { z } from 'zod';
import { loadEmbeddings, saveEmbeddings, type FittedTables } from './embedding-files.js';
import type { Recommender, TrainedRecommender } from './recommender.js';
import { vectorPolicy, weighBlocks } from './vector-policy.js';

/** What a trained agent is made from again. */
export interface LearnedAgent {
  readonly tables: FittedTables;
  readonly blocks: readonly BlockPlace[];
  /** What `ResidualAgent.save` gave. */
  readonly learned: Uint8Array;
}

/** What an agent is made with, beside vectors and chance. */
export type AgentOptions = Omit<
  ResidualOptions,
  'users' | 'items' | 'blocks' | 'fittedOn' | 'random' | 'gates'
> & { readonly gates: Readonly<Record<string, number>> };

/**
 * The policy of a trained agent beside fixed mixes of the same blocks.
 *
 * @param mixes - what each block of a baseline counts, by the baseline's name.
 */
export function residualRecommender(
  { tables, blocks, learned }: LearnedAgent,
  options: AgentOptions,
  mixes: Readonly<Record<string, Readonly<Record<string, number>>>>,
): Recommender {
  // What its seed draws is replaced by what was learned.
  const agent = new ResidualAgent({ ...options, ...tables, blocks, random: Random.fromSeed(0) });
  agent.restore(learned);
  return {
    policy: new ResidualPolicy(agent),
    baselines: Object.entries(mixes).map(([name, weights]) =>
      vectorPolicy(name, weighBlocks(tables, blocks, weights)),
    ),
  };
}

/** Writes what {@link loadAgent} reads. */
export function agentSaver({ tables, blocks, learned }: LearnedAgent): TrainedRecommender['save'] {
  return async (folder) => {
    await saveEmbeddings(folder, tables);
    await writeFile(join(folder, 'blocks.json'), JSON.stringify(blocks, null, 2) + '\n');
    await writeFile(join(folder, 'agent.msgpack'), learned);
  };
}

const blocksSchema = z.array(z.object({ name: z.string(), start: z.int(), size: z.int() }));

export async function loadAgent(folder: string): Promise<LearnedAgent> {
  return {
    tables: await loadEmbeddings(folder),
    blocks: blocksSchema.parse(JSON.parse(await readFile(join(folder, 'blocks.json'), 'utf8'))),
    learned: await readFile(join(folder, 'agent.msgpack')),
  };
}
