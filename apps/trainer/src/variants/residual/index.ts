import type { LogContext, LogVariant } from '../variant.js';
import {
  inSessionsOptions,
  onLogOptions,
  type ResidualInSessionsOptions,
  type ResidualOptions,
} from './options.js';

const reasons = {
  embeddingSize: 'vectors of the residual variant are as long as the blocks that they are made of',
  stateSignal: 'actor and critics of the residual variant have a state module each',
  algorithm: 'the residual variant has two critics and a delayed actor in any case',
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
