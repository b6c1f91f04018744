import { recommendsItems } from '../space-kind.js';
import type { EnvironmentVariant, LogContext, LogVariant } from '../variant.js';
import {
  inSessionsOptions,
  onEnvironmentOptions,
  onLogOptions,
  type ResidualInSessionsOptions,
  type ResidualOnEnvironmentOptions,
  type ResidualOptions,
} from './options.js';

const reasons = {
  embeddingSize: 'vectors of the residual variant are as long as the blocks that they are made of',
  stateSignal: 'actor and critics of the residual variant have a state module each',
  algorithm: 'the residual variant has two critics and a delayed actor in any case',
  goal: 'the residual variant tunes no mix of scores',
  sequenceBlock: 'blocks of the residual variant are vectors',
  sessions: 'sessions with a log or with simulated users are played side by side in any case',
};

const shared = {
  name: 'residual',
  about: 'starts at matrix factorisation and learns to correct it',
  reasons,
  remembers: 'shown',
} as const;

/** DRR's default variant, learned from a log that is played back. */
export const residual: LogVariant = {
  ...shared,
  fewestRatings: () => 4, // of which a session begins among the later ones
  options: onLogOptions,
  async make(context: LogContext<ResidualOptions>) {
    const { makeOnLog } = await import('./on-log.js');
    return makeOnLog(context);
  },
  async compare(recommender) {
    const [{ firstGates: start, staticMix }, { besideBlocks }] = await Promise.all([
      import('@rl-recsys/drr'),
      import('./beside-blocks.js'),
    ]);
    return besideBlocks(recommender, { start, alone: { 'factorisation of likes': { likes: 1 } }, staticMix });
  },
};

/** The same where the scenario has a simulator: it learns in sessions with its users, who end them. */
export const residualInSessions: LogVariant = {
  ...shared,
  fewestRatings: () => 1, // its sessions are those of simulated users
  options: inSessionsOptions,
  reasons: { ...reasons, sessionLength: 'a session with a simulated user ends when the user leaves' },
  async make(context: LogContext<ResidualInSessionsOptions>) {
    const { makeInSessions } = await import('./in-sessions.js');
    return makeInSessions(context);
  },
  async compare(recommender) {
    const [{ planningGates: start }, { besideBlocks }] = await Promise.all([
      import('@rl-recsys/drr'),
      import('./beside-blocks.js'),
    ]);
    return besideBlocks(recommender, { start });
  },
};

/** The same on an environment that recommends items: its vectors are fitted on what random items earned. */
export const residualOnEnvironment: EnvironmentVariant = {
  name: 'residual',
  about: 'shows items at random first, and learns from there what to show when',
  options: onEnvironmentOptions,
  reasons: {
    ...reasons,
    historySize: 'the environment says how many items its histories have',
    sessionLength: 'the environment says when a session ends',
    baselines: 'an environment has no log to fit them on',
    trainableEmbeddings: 'the vectors of an environment stay as random play has fitted them',
  },
  learns: 'an environment that recommends items',
  fits: recommendsItems,
  async make(environment, options, random, another, keep) {
    const { makeOnEnvironment } = await import('./on-environment.js');
    const more = { another, keep };
    return makeOnEnvironment(environment, options as ResidualOnEnvironmentOptions, random, more);
  },
};
