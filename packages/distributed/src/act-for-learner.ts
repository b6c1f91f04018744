import { train, type OneOrMany, type SplitAgent } from '@rl-recsys/agent';
import type { Fields } from '@rl-recsys/replay-buffer';
import { ActingAgent } from './acting-agent.js';
import type { ActorPort } from './actor-port.js';

/** What {@link actForLearner} is given. */
export interface ActForLearnerOptions<Observation, Action, F extends Fields> {
  /** Made as the learner's is. Its actor is used, and nothing else of it. */
  readonly agent: SplitAgent<Observation, Action, F>;
  readonly environment: OneOrMany<Observation, Action>;
  readonly port: ActorPort;
  /** Starts the environment's random stream, another one for each actor (default: where it stands). */
  readonly seed?: number;
  /** How many milliseconds a promised answer of the environment may take (default: as long as it takes). */
  readonly timeout?: number;
  /** Ends it after the round in which it aborts. */
  readonly signal?: AbortSignal;
  /** Is told in one sentence of weights that were refused: it acts by those before, and looks again. */
  readonly onRefused?: (sentence: string) => void;
}

/**
 * Acts in an environment for a learner elsewhere, by the loop that also trains in one process, until the run is over.
 *
 * @returns how many steps were made.
 * @throws what the environment throws; Error where the run is no longer its group's; RangeError where thirty weights in a row were refused.
 */
export async function actForLearner<Observation, Action, F extends Fields>(
  options: ActForLearnerOptions<Observation, Action, F>,
): Promise<number> {
  const { agent, environment, port, seed, timeout, signal, onRefused } = options;
  const over = new AbortController();
  const sessions = 'count' in environment ? environment.count : 1;
  const acting = new ActingAgent(agent, port, sessions, () => over.abort(), signal, onRefused);
  await acting.start();
  if (over.signal.aborted) return 0;
  return train({
    ...{ agent: acting, environment, steps: Number.MAX_SAFE_INTEGER },
    ...(seed !== undefined && { seed }),
    ...(timeout !== undefined && { timeout }),
    signal: signal ? AbortSignal.any([over.signal, signal]) : over.signal,
    onEpisode: (episode) => acting.ended(episode),
  });
}
