import { train } from '@rl-recsys/agent';
import {
  syncVectorEnvironment,
  timeLimit,
  type RecommendationObservation,
  type VectorEnvironment,
} from '@rl-recsys/environment';
import { assertOptionNames, namesWithout, type OptionNames } from '@rl-recsys/random';
import { splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import { catalogueEnvironment } from '@rl-recsys/simulators';
import { chooseGamma, type GammaChoice } from '../choose-gamma.js';
import { GATED_AGENT_NAMES, GatedAgent, type GatedAgentOptions } from './agent.js';
import { countFits, fitCatalogueBlocks, whatVaries } from './fit-blocks.js';
import type { GoalName } from './goal-names.js';
import { prepareLog, type PastAndPresent, type PreparedLog } from './prepare-log.js';
import type { SequenceBlockName } from './sequence-block-names.js';

/** How the default variant is made from a log of ratings; what it has in common with the agent's options means the same. */
export interface GatedFromLogOptions extends Partial<
  Omit<
    GatedAgentOptions,
    'mixes' | 'pools' | 'judged' | 'users' | 'items' | 'catalogue' | 'rounds' | 'random' | 'gamma'
  >
> {
  /**
   * γ (default 0: what is shown now changes nothing of what can be earned later in a log). 'auto' trains with some for a quarter of
   * the steps each, and takes the one by which users who are not learned from are ranked for best.
   */
  readonly gamma?: number | 'auto';
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
  /** Called as candidates are drawn for the moments that are learned from, and for those that the mix is tuned on: moments by then, of all. */
  readonly onPool?: (done: number, total: number) => void;
  /** Called as agents are trained to choose γ: steps by then, of all. */
  readonly onTry?: (done: number, total: number) => void;
  /** Ends the fits: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The same where the blocks are there already. */
export interface GatedFromBlocksOptions extends Omit<
  GatedFromLogOptions,
  'gamma' | 'sequenceBlock' | 'onFit' | 'onPool' | 'onTry' | 'signal'
> {
  /** γ (default 0). */
  readonly gamma?: number;
}

const FROM_BLOCKS_NAMES: OptionNames<GatedFromBlocksOptions> = {
  ...namesWithout(GATED_AGENT_NAMES, 'mixes', 'pools', 'judged', 'users', 'items', 'catalogue', 'rounds'),
  ...{ steps: true, sessionLength: true, goal: true },
};

const NAMES: OptionNames<GatedFromLogOptions> = {
  ...FROM_BLOCKS_NAMES,
  ...{ sequenceBlock: true, onFit: true, onPool: true, onTry: true, signal: true },
};

/** An agent that is ready to be trained, and what it learns in. */
export interface GatedFromLog {
  readonly agent: GatedAgent;
  /** Sessions with the log's users, side by side. */
  readonly environment: VectorEnvironment<RecommendationObservation, number>;
  /** How many steps `train` should make. */
  readonly steps: number;
  /** What was found where γ was to be chosen. */
  readonly lookingAhead?: GammaChoice;
  /** Which of the log's users an observation's `user` is, which tells moments apart. */
  readonly userOf: (observed: number) => number;
}

/** How many items training shows. */
const STEPS = 61_440;

/** What γ is chosen from beside 0. */
const GAMMAS = [0.5];

/** The share of the steps that an agent is trained for to choose γ. */
const TRIED_SHARE = 0.25;

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
  const { onFit, onPool, onTry, signal, sequenceBlock, goal, gamma, ...learning } = options;
  const older = splitByTime(log).train;
  const varies = whatVaries(older); // which the log does too, so that both have the same blocks
  const total = 2 * countFits(varies, { sequenceBlock });
  let fits = 0;
  const fitting = {
    ...{ random: options.random.fork('blocks'), goal, sequenceBlock, signal, varies },
    onFit: () => onFit?.(++fits, total),
  };
  const past = await fitCatalogueBlocks(older, fitting);
  const present = await fitCatalogueBlocks(log, fitting);
  const prepared = prepareLog(log, { past, present }, { goal, onPool, ...learning });
  if (gamma !== 'auto') return fromPrepared(prepared, { ...learning, ...(gamma !== undefined && { gamma }) });
  const steps = Math.ceil(TRIED_SHARE * (learning.steps ?? STEPS));
  let tries = 0;
  const lookingAhead = await chooseGamma(GAMMAS, (each) => {
    const before = steps * tries++;
    const show = (done: number) => onTry?.(before + Math.min(done, steps), steps * (GAMMAS.length + 1));
    return judgedWith(prepared, { ...learning, steps, gamma: each }, show);
  });
  return { ...fromPrepared(prepared, { ...learning, gamma: lookingAhead.gamma }), lookingAhead };
}

/**
 * The same from blocks that are there already.
 *
 * @throws RangeError where an option is out of range or unknown.
 */
export function gatedFromBlocks(
  log: RatingLog,
  blocks: PastAndPresent,
  options: GatedFromBlocksOptions,
): GatedFromLog {
  assertOptionNames(options, FROM_BLOCKS_NAMES);
  const { goal, ...learning } = options;
  return fromPrepared(prepareLog(log, blocks, { goal, ...learning }), learning);
}

/** How an agent learns from a log that is prepared. */
type LearningOptions = Omit<GatedFromBlocksOptions, 'goal'>;

/** What an agent that was trained is worth to each user who is judged by. */
async function judgedWith(
  prepared: PreparedLog,
  options: LearningOptions,
  show: (steps: number) => void,
): Promise<Float64Array> {
  const made = fromPrepared(prepared, options);
  try {
    await train({ ...made, onEpisode: ({ step }) => show(step) });
    return made.agent.judgedGains();
  } finally {
    made.agent.dispose();
  }
}

function fromPrepared(
  { log, historySize, learned, userOf, parts }: PreparedLog,
  { steps = STEPS, sessionLength = 8, random, ...rest }: LearningOptions,
): GatedFromLog {
  const rounds = Math.ceil(steps / SESSIONS);
  const agent = new GatedAgent({ ...rest, ...parts, historySize, rounds, random });
  const sessions = random.fork('environment');
  const environment = syncVectorEnvironment(
    Array.from({ length: SESSIONS }, (_, index) => () => {
      const each = { log, moments: learned, historySize, random: sessions.fork(String(index)) };
      return timeLimit(catalogueEnvironment(each), sessionLength);
    }),
  );
  return { agent, environment, steps, userOf };
}
