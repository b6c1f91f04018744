import { UserFoldIn } from '@rl-recsys/embeddings/fold-in';
import { historyScorer } from '@rl-recsys/embeddings/scores';
import { HISTORY_SIZE } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { rowsOf, splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import type { LogMoments } from '@rl-recsys/simulators';
import type { GatedAgentOptions } from './agent.js';
import { createCandidatePools, type PoolOptions } from './candidate-pools.js';
import type { CatalogueBlocks } from './fit-blocks.js';
import type { GoalName } from './goal-names.js';
import { judgedUsers } from './judged-users.js';
import { everyNth, joinMoments, laterMoments, momentsAfter, splitUsers } from './moments.js';
import { tuneStaticMix } from './static-mix.js';

/** Blocks that know only the oldest four fifths of each user's ratings, as `splitByTime` cuts them, and blocks that know all. */
export interface PastAndPresent {
  readonly past: CatalogueBlocks;
  readonly present: CatalogueBlocks;
}

/** What of a log does not depend on how an agent learns from it. */
export interface PreparedLog {
  readonly log: RatingLog;
  readonly historySize: number;
  /** Of the users who are learned from: where their sessions start. */
  readonly learned: LogMoments;
  /** Which of the log's users an observation's `user` is, which tells moments apart. */
  readonly userOf: (observed: number) => number;
  /** What an agent is given of the log. */
  readonly parts: Pick<GatedAgentOptions, 'mixes' | 'pools' | 'users' | 'items' | 'judged' | 'catalogue'>;
}

/** So many users are enough to tell mixes apart, and quick. */
const TUNED_USERS = 1200;

/** One next item of a user says little of a mix; this many do. */
const NEXT_ITEMS = 4;

/** Tunes the static mixes, and draws the pools of candidates and the users who are judged by. */
export function prepareLog(
  log: RatingLog,
  { past, present }: PastAndPresent,
  {
    historySize = HISTORY_SIZE,
    goal = 'likes',
    random,
    onPool,
  }: {
    historySize?: number | undefined;
    goal?: GoalName | undefined;
    random: Random;
    onPool?: ((done: number, total: number) => void) | undefined;
  },
): PreparedLog {
  const { learned, judged } = splitUsers(momentsAfter(log, splitByTime(log).train));
  const scorers = past.scorers.map(historyScorer);
  const catalogue = { scale: log.scale, popularity: past.popularity.scores };
  const poolsOf = (some: LogMoments, made: Omit<PoolOptions, 'random'>, name: string) =>
    createCandidatePools(log, some, scorers, catalogue, { ...made, random: random.fork(name) });
  const moments = joinMoments(learned, judged);

  const some = everyNth(learned, Math.ceil(learned.users.length / TUNED_USERS));
  const tuned = goal === 'next-item' ? laterMoments(some, NEXT_ITEMS) : some;
  const total = tuned.users.length + moments.users.length;
  const toldFrom = (before: number) => (done: number) => onPool?.(before + done, total);
  const singles = scorers.map((_, block) => scorers.map((__, each) => (each === block ? 1 : 0)));
  const tuning = {
    log,
    goal,
    moments: tuned,
    pools: poolsOf(tuned, { mixes: singles, best: 80, any: 0, onMoment: toldFrom(0) }, 'tuned pools'),
  };
  const mixes = { catalogue: tuneStaticMix('catalogue', tuning), few: tuneStaticMix('few', tuning) };
  const onMoment = toldFrom(tuned.users.length);
  const pools = poolsOf(moments, { mixes: [mixes.catalogue], best: 400, any: 100, onMoment }, 'pools');
  onPool?.(total, total);
  const firsts = moments.users.map((user) => rowsOf(log, user).start);
  const { vectors } = new UserFoldIn(past.vectors).foldAll({
    ...{ items: log.items, ratings: log.ratings, starts: firsts, ends: moments.starts },
  });
  return {
    ...{ log, historySize, learned },
    userOf: lookUpIn(moments.users),
    parts: {
      ...{ mixes, pools, users: vectors, items: past.vectors.items },
      judged: judgedUsers(log, moments, learned.users.length, pools, historySize, goal),
      catalogue: {
        scorers: present.scorers,
        vectors: past.vectors, // the agent learns to read these
        popularity: present.popularity.scores,
        scale: log.scale,
      },
    },
  };
}

/** Apart, since a function keeps all that it is made beside: the models of the past, which nobody needs any more. */
function lookUpIn(users: Int32Array): (observed: number) => number {
  return (observed) => users[observed]!;
}
