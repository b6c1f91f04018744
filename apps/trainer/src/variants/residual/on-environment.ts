import { evaluateAgent, train } from '@rl-recsys/agent';
import { chooseGamma, fitPlanningBlocks, planningGates, residualInSimulator } from '@rl-recsys/drr';
import {
  wrap,
  type Environment,
  type RecommendationObservation,
  type RecommendationSpace,
} from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { createRecommender } from '@rl-recsys/recommender';
import type { RatingLog } from '@rl-recsys/rating-log';
import { randomPlayLog, type RandomPlayOptions } from '@rl-recsys/simulators';
import { stateLayers } from '@rl-recsys/state';
import type { Keep } from '../../run/keep.js';
import { progressOf, tryingProgress } from '../../terminal/progress.js';
import { emptyLog, indices } from '../environment-catalogue.js';
import { rewardsOf } from '../drr-options.js';
import { settleGamma } from '../settle-gamma.js';
import type { MadeOnEnvironment } from '../variant.js';
import { keptLog } from './kept-log.js';
import type { ResidualOnEnvironmentOptions } from './options.js';

/** How many items are shown at random first: a fifth as many as training shows, and at most so many. */
const PLAYED = { share: 0.2, most: 5_000 };

/** The record in which what they earned is kept. */
const RANDOM_PLAY = 'random-play.bin';

/** How γ is chosen: what is tried beside 0, for what share of the steps, and the sessions by which that is judged. */
const TRIED = { gammas: [0.9], share: 0.25, episodes: 40, seed: 2_000_000 };

/**
 * DRR's default variant on an environment that recommends: it shows items at random first, fits vectors on what they earned, and
 * learns from there which item to show when. Items that may not be shown are no candidates.
 */
export async function makeOnEnvironment(
  environment: Environment<unknown, unknown>,
  options: ResidualOnEnvironmentOptions,
  random: Random,
  { another, keep }: { readonly another: () => Promise<Environment<unknown, unknown>>; readonly keep: Keep },
): Promise<MadeOnEnvironment> {
  const { steps, batchSize, gamma, stateModule, replay, sessions } = options;
  const space = environment.observationSpace as RecommendationSpace;
  const { userCount, itemCount, historySize } = space;
  const played = Math.ceil(Math.min(PLAYED.share * steps, PLAYED.most));
  const play = () =>
    randomPlayShown(environment as Environment<RecommendationObservation, number>, {
      steps: played,
      random: random.fork('random play'),
    });
  const log = keptLog(RANDOM_PLAY, await keep(RANDOM_PLAY, play as () => Promise<never>), space);
  const { users, items, blocks, foldIn } = fitPlanningBlocks(log, random.fork('embeddings'));
  const rest = await Promise.all(Array.from({ length: sessions - 1 }, another));
  const side = [environment, ...rest] as Environment<RecommendationObservation, number>[];
  const inSimulator = (gamma: number, shown: number, streams: Random) =>
    residualInSimulator({
      ...{ users, items, blocks, gates: planningGates, historySize, batchSize, gamma },
      ...{ steps: shown, sessions, makeEnvironment: (session: number) => side[session]!, random: streams },
      candidateCount: Math.min(32, itemCount),
      stateLayer: stateLayers[stateModule],
      ...(replay === 'prioritized' && { prioritized: {} }),
      ...rewardsOf(options),
    });
  const [tried, tries] = [Math.ceil(TRIED.share * steps), tryingProgress()];
  let before = 0;
  const earnedWith = async (gamma: number) => {
    const made = inSimulator(gamma, tried, random.fork('tried'));
    const total = tried * (TRIED.gammas.length + 1);
    try {
      await train({
        ...made,
        onEpisode: ({ step }) => tries.show(before + Math.min(step, tried), total),
      });
      before += tried;
      const { episodes, seed } = TRIED;
      return await evaluateAgent({ environment: side[0]!, agent: made.agent, episodes, seed });
    } finally {
      made.agent.dispose();
    }
  };
  const chosen = () => chooseGamma(TRIED.gammas, earnedWith).finally(() => tries.stop());
  const settled = gamma === 'auto' ? settleGamma(await chosen(), 'reward of a session', 2) : { gamma };
  const { agent, environment: vector } = inSimulator(settled.gamma, steps, random);
  return {
    ...{ agent, settled },
    environment: vector as MadeOnEnvironment['environment'],
    played: environment,
    recommender: () =>
      createRecommender({
        ...{ agent, foldIn, tables: { users, items }, log: emptyLog(space) },
        ...{ users: indices(userCount), items: indices(itemCount) },
      }),
  };
}

/** Plays at random, and shows how far that is. */
async function randomPlayShown(
  environment: Environment<RecommendationObservation, number>,
  options: RandomPlayOptions,
): Promise<RatingLog> {
  const progress = progressOf('random play', 'steps');
  let done = 0;
  const counted = wrap(environment, {
    step(action) {
      progress.show(done++, options.steps);
      return environment.step(action);
    },
  });
  try {
    return await randomPlayLog(counted, options).catch(blameOption);
  } finally {
    progress.stop();
  }
}

/** What the library calls its argument is what the command line calls `--env`. */
function blameOption(error: Error): never {
  if (!error.message.startsWith('environment:')) throw error;
  throw new RangeError(error.message.replace('environment:', '--env:'), { cause: error });
}
