import type { LearningPace } from '@rl-recsys/agent';
import { RateLimiter } from './rate-limiter.js';

/** How many rounds actors may be ahead of what is learned from. */
const AHEAD = 16;

/**
 * Keeps actors and their learner at the pace at which the agent learns in one process: a round is an insert, an update a sample, and the
 * learner makes exactly the updates that it would make there.
 *
 * @param actors - how many there are: none waits for others where each is one round ahead.
 */
export function paceLimiter({ updates, learnFrom }: LearningPace, actors = 1): RateLimiter {
  const minDiff = updates * (learnFrom - 1);
  const ahead = Math.max(AHEAD, 2 * actors);
  return new RateLimiter({
    ...{ samplesPerInsert: updates, minSizeToSample: learnFrom },
    ...{ minDiff, maxDiff: minDiff + updates * (ahead + 1) + 1 },
  });
}
