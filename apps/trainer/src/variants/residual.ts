import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ResidualAgent, ResidualPolicy } from '@rl-recsys/drr';
import { createEmbeddingTable, type BlockPlace } from '@rl-recsys/embeddings';
import { timeLimit } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { drawLogMoments, logMomentsEnvironment } from '@rl-recsys/simulators';
import { stateLayers } from '@rl-recsys/state';
import { z } from 'zod';
import { loadEmbeddings, saveEmbeddings, type FittedTables } from '../embedding-files.js';
import { firstGates, fitBlocks, staticMix } from '../fit-blocks.js';
import type { TrainOptions } from '../options.js';
import { fittingProgress } from '../progress.js';
import type { Recommender, TrainedRecommender, TrainingContext } from '../recommender.js';
import { trainResidual } from '../train-residual.js';
import { vectorPolicy, weighBlocks } from '../vector-policy.js';

/** So many moments are enough, and as many vectors of users as memory should hold. */
const MOST_MOMENTS = 50_000;
const MOMENTS_PER_USER = 8;

const blocksSchema = z.array(z.object({ name: z.string(), start: z.int(), size: z.int() }));

/** DRR's default variant: it starts at matrix factorisation and learns to correct it. */
export async function trainResidualVariant({
  train,
  options,
  random,
  onMetrics,
}: TrainingContext): Promise<TrainedRecommender> {
  const { steps, batchSize, gamma, historySize, sessionLength } = options;
  const moments = drawLogMoments(train, {
    perUser: Math.max(1, Math.min(MOMENTS_PER_USER, Math.floor(MOST_MOMENTS / train.userCount))),
    random: random.fork('moments'),
  });
  // First the users as their training part leaves them, then as they were at each moment: a vector that knew
  // what a session is about to show would teach the agent to trust it too much.
  const { starts, ends } = histories(train, moments);
  const progress = fittingProgress('fits');
  const { users, items, blocks, fittedOn } = fitBlocks(
    train,
    { starts, ends },
    {
      random: random.fork('embeddings'),
      onFit: progress.show,
    },
  );
  progress.stop();

  const agent = new ResidualAgent({
    ...agentOptions(options),
    users,
    items,
    blocks,
    random: random.fork('agent'),
  });
  const replay = new UniformReplay({
    capacity: Math.min(steps + 64, 1_000_000),
    fields: agent.fields,
    random: random.fork('replay'),
  });
  const sessions = random.fork('environment');
  await trainResidual({
    makeEnvironment: (index) => {
      const environment = { log: train, moments, historySize, random: sessions.fork(String(index)) };
      return timeLimit(logMomentsEnvironment(environment), sessionLength);
    },
    ...{ agent, replay, random: random.fork('exploration'), steps, batchSize, gamma, onMetrics },
  });

  const today = createEmbeddingTable(users.vectors.slice(0, train.userCount * users.size), users.size);
  const tables: FittedTables = { users: today, items, fittedOn: [fittedOn[0]!] };
  const learned = agent.save();
  agent.dispose();
  return {
    ...recommender(tables, blocks, options, learned),
    save: async (folder) => {
      await saveEmbeddings(folder, tables);
      await writeFile(join(folder, 'blocks.json'), JSON.stringify(blocks, null, 2) + '\n');
      await writeFile(join(folder, 'agent.msgpack'), learned);
    },
  };
}

export async function loadResidual(folder: string, options: TrainOptions): Promise<Recommender> {
  const tables = await loadEmbeddings(folder);
  const blocks = blocksSchema.parse(JSON.parse(await readFile(join(folder, 'blocks.json'), 'utf8')));
  return recommender(tables, blocks, options, await readFile(join(folder, 'agent.msgpack')));
}

function recommender(
  tables: FittedTables,
  blocks: readonly BlockPlace[],
  options: TrainOptions,
  learned: Uint8Array,
): Recommender {
  // What its seed draws is replaced by what was learned.
  const random = Random.fromSeed(0);
  const agent = new ResidualAgent({ ...agentOptions(options), ...tables, blocks, random });
  agent.restore(learned);
  return {
    policy: new ResidualPolicy(agent),
    baselines: [
      vectorPolicy('matrix factorisation', weighBlocks(tables, blocks, firstGates)),
      vectorPolicy('static mix', weighBlocks(tables, blocks, staticMix)),
    ],
  };
}

function agentOptions({ historySize, stateModule }: TrainOptions) {
  return { historySize, gates: firstGates, stateLayer: stateLayers[stateModule] };
}

/** The rows of the log that each user's vector may know: all of a user's, or those before a moment. */
function histories({ offsets, userCount }: RatingLog, moments: { users: Int32Array; starts: Int32Array }) {
  const users = Int32Array.from({ length: userCount }, (_, user) => user);
  const firstRow = (user: number) => offsets[user]!;
  return {
    starts: concatenate(users.map(firstRow), moments.users.map(firstRow)),
    ends: concatenate(
      users.map((user) => offsets[user + 1]!),
      moments.starts,
    ),
  };
}

function concatenate(first: Int32Array, second: Int32Array): Int32Array {
  const joined = new Int32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
