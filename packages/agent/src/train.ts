import { assertMilliseconds, type MaybePromise } from '@rl-recsys/environment';
import type { Agent } from './agent.js';
import { NextTurn } from './next-turn.js';
import { Sessions, type EpisodeSummary, type OneOrMany } from './sessions.js';
import { TrainingMonitor, type TrainingMetrics } from './training-metrics.js';

export interface TrainOptions<Observation, Action> {
  readonly agent: Agent<Observation, Action>;
  /** One, or several that are stepped together (`syncVectorEnvironment`, `workerVectorEnvironment`). */
  readonly environment: OneOrMany<Observation, Action>;
  /** How many steps at least; a round of several environments counts as so many. */
  readonly steps: number;
  /** Starts the environment's random stream (default: where it stands). */
  readonly seed?: number;
  /** Ends training after the round in which it aborts. */
  readonly signal?: AbortSignal;
  /** How many milliseconds a promised answer of the environment may take (default: as long as it takes). */
  readonly timeout?: number;
  /** Called about a hundred times; training waits for it. */
  readonly onMetrics?: (metrics: TrainingMetrics) => MaybePromise<void>;
  /** Called at the end of each episode; training waits for it. */
  readonly onEpisode?: (episode: EpisodeSummary) => MaybePromise<void>;
}

/** How many lines of metrics there are in a run. */
const LINES = 100;

/**
 * Trains an agent, episode after episode, in one environment or in several side by side.
 *
 * An environment that throws or rejects ends it with that cause; the agent keeps what it has learned. Timers, signals
 * and the drawing of a page get their turn every few milliseconds.
 *
 * @returns how many steps were made: fewer than asked for where `signal` ended it.
 * @throws RangeError where `steps` is not a positive integer, no timer can wait for `timeout`, or a first observation or an
 * action is no member of its space; TypeError or RangeError where an answer is no step; a `TimeoutError` where none comes.
 */
export async function train<Observation, Action>({
  agent,
  environment,
  steps,
  seed,
  signal,
  timeout,
  onMetrics,
  onEpisode,
}: TrainOptions<Observation, Action>): Promise<number> {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new RangeError(`steps: expected a positive integer, got ${steps}`);
  }
  if (timeout !== undefined) assertMilliseconds('timeout', timeout);
  const sessions = new Sessions(environment, timeout);
  const { state } = sessions;
  const monitor = new TrainingMonitor({ steps, lines: LINES });
  const turn = new NextTurn();

  await sessions.begin(seed);
  agent.begin?.();
  while (state.step < steps && !signal?.aborted) {
    // a = π(s), and now and then something else, in every session that goes on.
    const { sessions: playing, observations } = await sessions.playing();
    const actions = agent.explore(observations, playing);

    // What that earns, and what is seen next.
    const round = await sessions.step(playing, actions);

    // The agent stores it, and learns.
    for (const figures of agent.observe(round)) monitor.told(figures);

    for (const step of round) {
      monitor.earned(step.reward);
      const episode = sessions.episodeOf(step);
      if (!episode) continue;
      monitor.ended(episode);
      await onEpisode?.(episode);
    }
    const metrics = monitor.line(state, state.step >= steps);
    if (metrics) await onMetrics?.(metrics);
    if (turn.isDue()) await turn.take();
  }
  return state.step;
}
