import {
  BlockFoldIn,
  fitMatrixFactorization,
  itemTable,
  userTable,
  type FitProgress,
} from '@rl-recsys/embeddings';
import {
  HISTORY_SIZE,
  timeLimit,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { assertOptionNames, namesWithout, type OptionNames, type Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { ratingLogEnvironment } from '@rl-recsys/simulators';
import type { EmbeddingTables } from '../tables.js';
import { DRR_AGENT_NAMES, DrrAgent, type DrrAgentOptions } from './agent.js';

/** How the paper's DRR is made from a log of ratings; what it has in common with the agent's options means the same. */
export interface DrrFromLogOptions extends Partial<
  Omit<DrrAgentOptions, keyof EmbeddingTables | 'rounds' | 'random'>
> {
  /** How many items training will show (default 1500). */
  readonly steps?: number;
  /** T, items in a session (default 10). */
  readonly sessionLength?: number;
  /** k, numbers in a vector, of which the last is the item's bias (default 100, as in the paper). */
  readonly embeddingSize?: number;
  readonly random: Random;
  /** Called after each sweep of the factorization. */
  readonly onFit?: (progress: FitProgress) => void;
}

const NAMES: OptionNames<DrrFromLogOptions> = {
  ...namesWithout(DRR_AGENT_NAMES, 'users', 'items', 'fittedOn', 'rounds'),
  ...{ steps: true, sessionLength: true, embeddingSize: true, onFit: true },
};

/** An agent that is ready to be trained, and what it learns in. */
export interface DrrFromLog {
  readonly agent: DrrAgent;
  /** Sessions with the log's users. */
  readonly environment: Environment<RecommendationObservation, number>;
  /** How many steps `train` should make. */
  readonly steps: number;
  /** The vectors of the log's users and items. */
  readonly tables: EmbeddingTables;
  /** Finds the vectors of other users. */
  readonly foldIn: BlockFoldIn;
}

/** How many sweeps over the log the factorization makes. */
export const SWEEPS = 8;

/**
 * DRR to the letter of the paper for a log of ratings, in one call: the vectors of a matrix factorisation, an agent over
 * them, and an environment that plays the log back. Train it with `train` of `@rl-recsys/agent`.
 *
 * @param log - what may be learned from; hold out what is to be measured before.
 * @throws RangeError where an option is out of range or unknown.
 */
export function drrFromLog(log: RatingLog, options: DrrFromLogOptions): DrrFromLog {
  assertOptionNames(options, NAMES);
  const {
    steps = 1500,
    sessionLength = 10,
    historySize = HISTORY_SIZE,
    embeddingSize = 100,
    ...others
  } = options;
  const { random, onFit, ...rest } = others;
  const model = fitMatrixFactorization(log, {
    random: random.fork('embeddings'),
    factors: embeddingSize - 1,
    iterations: SWEEPS,
    ...(onFit && { onIteration: onFit }),
  });
  const tables = { users: userTable(model), items: itemTable(model), fittedOn: [model.fittedOn] };
  const agent = new DrrAgent({
    tau: 0.01, // ten times DDPG's: the targets must get somewhere within a few thousand updates
    ...rest,
    ...{ ...tables, historySize, rounds: steps, random },
  });
  const playback = ratingLogEnvironment({
    ...{ log, historySize, minimumCandidates: sessionLength },
    random: random.fork('environment'),
  });
  const foldIn = new BlockFoldIn({
    models: [model],
    parts: [
      { kind: 'vector', model: 0, start: 0, scale: 1 },
      { kind: 'one', model: 0, start: embeddingSize - 1, scale: 1 },
    ],
    size: embeddingSize,
  });
  return { agent, environment: timeLimit(playback, sessionLength), steps, tables, foldIn };
}
