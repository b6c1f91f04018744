import { historyScorer } from '@rl-recsys/embeddings/scores';
import { UserFoldIn } from '@rl-recsys/embeddings/fold-in';
import {
  HISTORY_SIZE,
  syncVectorEnvironment,
  timeLimit,
  type RecommendationObservation,
  type VectorEnvironment,
} from '@rl-recsys/environment';
import { assertOptionNames, namesWithout, type OptionNames } from '@rl-recsys/random';
import { rowsOf, splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import { catalogueEnvironment, type LogMoments } from '@rl-recsys/simulators';
import { GATED_AGENT_NAMES, GatedAgent, type GatedAgentOptions } from './agent.js';
import { createCandidatePools, type PoolOptions } from './candidate-pools.js';
import { countFits, fitCatalogueBlocks, whatVaries, type CatalogueBlocks } from './fit-blocks.js';
import { judgedUsers } from './judged-users.js';
import { everyNth, joinMoments, laterMoments, momentsAfter, splitUsers } from './moments.js';
import type { GoalName } from './goal-names.js';
import type { SequenceBlockName } from './sequence-block-names.js';
import { tuneStaticMix } from './static-mix.js';

/** How the default variant is made from a log of ratings; what it has in common with the agent's options means the same. */
export interface GatedFromLogOptions extends Partial<
  Omit<
    GatedAgentOptions,
    'mixes' | 'pools' | 'judged' | 'users' | 'items' | 'catalogue' | 'rounds' | 'random'
  >
> {
  /** How many items training will show (default 61,440). */
  readonly steps?: number;
  /** T, items in a session (default 8). */
  readonly sessionLength?: number;
  readonly random: GatedAgentOptions['random'];
  /**
   * What the mix of the catalogue is tuned for, and what was learned must be good for to be followed: what users went on to like
   * (default), or the next item that they rated, liked or not.
   */
  readonly goal?: GoalName;
  /** A model of order that is a block beside the others (default: none). */
  readonly sequenceBlock?: SequenceBlockName | undefined;
  /** Called after each of the models that the blocks are made of. */
  readonly onFit?: (done: number, total: number) => void;
  /** Ends the fits: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const FROM_BLOCKS_NAMES: OptionNames<Omit<GatedFromLogOptions, 'sequenceBlock' | 'onFit' | 'signal'>> = {
  ...namesWithout(GATED_AGENT_NAMES, 'mixes', 'pools', 'judged', 'users', 'items', 'catalogue', 'rounds'),
  ...{ steps: true, sessionLength: true, goal: true },
};

const NAMES: OptionNames<GatedFromLogOptions> = {
  ...FROM_BLOCKS_NAMES,
  ...{ sequenceBlock: true, onFit: true, signal: true },
};

/** An agent that is ready to be trained, and what it learns in. */
export interface GatedFromLog {
  readonly agent: GatedAgent;
  /** Sessions with the log's users, side by side. */
  readonly environment: VectorEnvironment<RecommendationObservation, number>;
  /** How many steps `train` should make. */
  readonly steps: number;
}

/** So many users are enough to tell mixes apart, and quick. */
const TUNED_USERS = 1200;

/** One next item of a user says little of a mix; this many do. */
const NEXT_ITEMS = 4;

/** Sessions side by side. */
const SESSIONS = 64;

/**
 * DRR's default variant for a log of ratings, in one call: fits blocks, and makes an agent that starts at their static mix, and an
 * environment in which it shows the catalogue to the log's users. Train it with `train` of `@rl-recsys/agent`.
 *
 * The agent learns on each user's newest fifth from blocks that have seen the rest alone: from blocks that know what comes it would learn
 * to trust them too much. What recommends are blocks fitted on all of the log.
 *
 * @param log - what may be learned from; hold out what is to be measured before.
 * @throws RangeError where an option is out of range or unknown.
 */
export async function gatedFromLog(log: RatingLog, options: GatedFromLogOptions): Promise<GatedFromLog> {
  assertOptionNames(options, NAMES);
  const { onFit, signal, sequenceBlock, ...rest } = options;
  const older = splitByTime(log).train;
  const varies = whatVaries(older); // which the log does too, so that both have the same blocks
  const total = 2 * countFits(varies, { sequenceBlock });
  let fits = 0;
  const fitting = {
    ...{ random: options.random.fork('blocks'), goal: options.goal, sequenceBlock, signal, varies },
    onFit: () => onFit?.(++fits, total),
  };
  const past = await fitCatalogueBlocks(older, fitting);
  const present = await fitCatalogueBlocks(log, fitting);
  return gatedFromBlocks(log, { past, present }, rest);
}

/**
 * The same from blocks that are there already.
 *
 * @param blocks - `past`: fitted on the oldest four fifths of each user's ratings, as `splitByTime` cuts them; `present`: on all of them.
 */
export function gatedFromBlocks(
  log: RatingLog,
  { past, present }: { readonly past: CatalogueBlocks; readonly present: CatalogueBlocks },
  options: Omit<GatedFromLogOptions, 'sequenceBlock' | 'onFit' | 'signal'>,
): GatedFromLog {
  assertOptionNames(options, FROM_BLOCKS_NAMES);
  const {
    steps = 61_440,
    sessionLength = 8,
    historySize = HISTORY_SIZE,
    random,
    goal = 'likes',
    ...rest
  } = options;
  const { learned, judged } = splitUsers(momentsAfter(log, splitByTime(log).train));
  const scorers = past.scorers.map(historyScorer);
  const catalogue = { scale: log.scale, popularity: past.popularity.scores };
  const poolsOf = (some: LogMoments, made: Omit<PoolOptions, 'random'>, name: string) =>
    createCandidatePools(log, some, scorers, catalogue, { ...made, random: random.fork(name) });

  const some = everyNth(learned, Math.ceil(learned.users.length / TUNED_USERS));
  const tuned = goal === 'next-item' ? laterMoments(some, NEXT_ITEMS) : some;
  const singles = scorers.map((_, block) => scorers.map((__, each) => (each === block ? 1 : 0)));
  const tuning = {
    log,
    goal,
    moments: tuned,
    pools: poolsOf(tuned, { mixes: singles, best: 80, any: 0 }, 'tuned pools'),
  };
  const mixes = { catalogue: tuneStaticMix('catalogue', tuning), few: tuneStaticMix('few', tuning) };
  const moments = joinMoments(learned, judged);
  const pools = poolsOf(moments, { mixes: [mixes.catalogue], best: 400, any: 100 }, 'pools');
  const firsts = moments.users.map((user) => rowsOf(log, user).start);
  const { vectors } = new UserFoldIn(past.vectors).foldAll({
    ...{ items: log.items, ratings: log.ratings, starts: firsts, ends: moments.starts },
  });
  const agent = new GatedAgent({
    ...rest,
    ...{ historySize, mixes, pools, users: vectors, items: past.vectors.items, random },
    judged: judgedUsers(log, moments, learned.users.length, pools, historySize, goal),
    rounds: Math.ceil(steps / SESSIONS),
    catalogue: {
      scorers: present.scorers,
      vectors: past.vectors, // the agent learns to read these
      popularity: present.popularity.scores,
      scale: log.scale,
    },
  });
  const sessions = random.fork('environment');
  const environment = syncVectorEnvironment(
    Array.from({ length: SESSIONS }, (_, index) => () => {
      const each = { log, moments: learned, historySize, random: sessions.fork(String(index)) };
      return timeLimit(catalogueEnvironment(each), sessionLength);
    }),
  );
  return { agent, environment, steps };
}
