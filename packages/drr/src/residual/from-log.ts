import { createEmbeddingTable, type BlockFoldIn, type BlockPlace } from '@rl-recsys/embeddings';
import {
  HISTORY_SIZE,
  syncVectorEnvironment,
  timeLimit,
  type RecommendationObservation,
  type VectorEnvironment,
} from '@rl-recsys/environment';
import { assertOptionNames, namesWithout, type OptionNames, type Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { logMomentsEnvironment } from '@rl-recsys/simulators';
import type { EmbeddingTables } from '../tables.js';
import { RESIDUAL_AGENT_NAMES, ResidualAgent, SESSIONS, type ResidualAgentOptions } from './agent.js';
import { firstGates, fitBlocks } from './fit-blocks.js';
import { pastRows } from './past-rows.js';
import { trainingMoments } from './training-moments.js';

/** How the default variant is made from a log of ratings; what it has in common with the agent's options means the same. */
export interface ResidualFromLogOptions extends Partial<
  Omit<ResidualAgentOptions, keyof EmbeddingTables | 'blocks' | 'gates' | 'rounds' | 'sessions' | 'random'>
> {
  /** How many items training will show (default 30,720). */
  readonly steps?: number;
  /** T, items in a session (default 10). */
  readonly sessionLength?: number;
  readonly random: Random;
  /** Called after each of the factorizations that make up the vectors. */
  readonly onFit?: (done: number, total: number) => void;
}

const NAMES: OptionNames<ResidualFromLogOptions> = {
  ...namesWithout(
    RESIDUAL_AGENT_NAMES,
    'users',
    'items',
    'fittedOn',
    'blocks',
    'gates',
    'rounds',
    'sessions',
  ),
  ...{ steps: true, sessionLength: true, onFit: true },
};

/** An agent that is ready to be trained, and what it learns in. */
export interface ResidualFromLog {
  readonly agent: ResidualAgent;
  /** Sessions with the log's users, side by side. */
  readonly environment: VectorEnvironment<RecommendationObservation, number>;
  /** How many steps `train` should make. */
  readonly steps: number;
  /** Which of the log's users an observation's `user` is, which tells moments apart. */
  readonly userOf: (observed: number) => number;
  /** The vectors of the log's users as their whole history leaves them, and of its items. */
  readonly tables: EmbeddingTables;
  /** What the vectors are made of. */
  readonly blocks: readonly BlockPlace[];
  /** Finds the vectors of other users. */
  readonly foldIn: BlockFoldIn;
}

/** Averages over most of a run rank better than its end does: .0015 for 30,720 steps (found on validation slices of MovieLens). */
const averagingRate = (steps: number) => Math.min(0.01, (0.0015 * 30_720) / steps);

/**
 * DRR's default variant for a log of ratings, in one call: fits vectors, and makes an agent that starts at their
 * ranking and an environment that plays the log back from random moments. Train it with `train` of `@rl-recsys/agent`.
 *
 * Training users' vectors are folded in from what came before each moment: one that knew what a session is about to
 * show would teach the agent to trust it too much.
 *
 * @param log - what may be learned from; hold out what is to be measured before.
 * @throws RangeError where an option is out of range or unknown.
 */
export function residualFromLog(log: RatingLog, options: ResidualFromLogOptions): ResidualFromLog {
  assertOptionNames(options, NAMES);
  const { steps = 30_720, sessionLength = 10, historySize = HISTORY_SIZE, random, onFit, ...rest } = options;
  const moments = trainingMoments(log, random.fork('moments'));
  // First the users as the log leaves them, then as they were at each moment.
  const { users, items, blocks, foldIn, ...fitted } = fitBlocks(log, pastRows(log, moments), {
    random: random.fork('embeddings'),
    ...(onFit && { onFit }),
  });
  const fittedOn = fitted.fittedOn.slice(0, 1); // all blocks have seen the same log
  const agent = new ResidualAgent({
    tau: averagingRate(steps),
    ...rest,
    ...{ users, items, blocks, fittedOn, gates: gatesOf(blocks), historySize },
    ...{ rounds: Math.ceil(steps / SESSIONS), sessions: SESSIONS, random },
  });
  const sessions = random.fork('environment');
  const environment = syncVectorEnvironment(
    Array.from({ length: SESSIONS }, (_, index) => () => {
      const playback = { log, moments, historySize, random: sessions.fork(String(index)) };
      return timeLimit(logMomentsEnvironment(playback), sessionLength);
    }),
  );
  const tables = {
    users: createEmbeddingTable(users.vectors.slice(0, log.userCount * users.size), users.size),
    ...{ items, fittedOn },
  };
  const userOf = (observed: number) =>
    observed < log.userCount ? observed : moments.users[observed - log.userCount]!;
  return { agent, environment, steps, userOf, tables, blocks, foldIn };
}

/** The gates of the blocks that there are: without likes there is none of likes. */
function gatesOf(blocks: readonly BlockPlace[]): Record<string, number> {
  return Object.fromEntries(blocks.map(({ name }) => [name, firstGates[name]!]));
}
