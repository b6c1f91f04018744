import { assertMilliseconds, type MaybePromise } from '@rl-recsys/environment';
import type { SessionRecord, TrainingMetrics } from '@rl-recsys/metrics';
import type { Savable, SavedState } from '@rl-recsys/random';
import type { Agent } from './agent.js';
import { NextTurn } from './next-turn.js';
import { restoreTraining } from './restore-training.js';
import { SessionFollower } from './session-follower.js';
import { Sessions, type EpisodeSummary, type OneOrMany } from './sessions.js';
import { TrainingMonitor } from './training-metrics.js';

/** Where training hands on all that it is, so that it can go on from there. */
export interface TrainingCheckpoints {
  /** Asked after each round, so that it should take no time. */
  isDue(step: number): boolean;
  /**
   * Called when it is due, and at the end, also where a signal brings that; training waits for it.
   *
   * @param state - what `resume` takes. Arrays in it may be those that are learned on: they are good until what this
   * returns is done.
   * @param step - environment steps so far.
   * @param isLast - whether training ends here, so that what this returns should not be done before all is written.
   */
  save(state: SavedState, step: number, isLast: boolean): MaybePromise<void>;
}

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
  /** Is given all that training is, every so often (default: nobody is). The agent must be one that can be saved. */
  readonly checkpoints?: TrainingCheckpoints;
  /**
   * Goes on where the training that gave this stood, bit for bit: with an agent, an environment and options that were made alike. Where
   * the environment can't be saved (`canBeSaved`) its episodes begin again. It is copied from; where a function gives it, it is taken
   * over: large arrays become the agent's own, so that a replay buffer is not in memory twice.
   */
  readonly resume?: SavedState | (() => SavedState);
  /** Called about a hundred times, with a look at the agent where it can be looked at; training waits for it. */
  readonly onMetrics?: (metrics: TrainingMetrics) => MaybePromise<void>;
  /** Called at the end of each episode; training waits for it. */
  readonly onEpisode?: (episode: EpisodeSummary) => MaybePromise<void>;
  /** Called with one session in full after each line of metrics, where items are recommended; training waits for it. */
  readonly onSession?: (session: SessionRecord) => MaybePromise<void>;
}

/** How many lines of metrics there are in a run. */
const LINES = 100;

/**
 * Trains an agent, episode after episode, in one environment or in several side by side.
 *
 * An environment that throws or rejects ends it with that cause; the agent keeps what it has learned. Timers, signals
 * and the drawing of a page get their turn every few milliseconds.
 *
 * @returns how many steps were made, with those before `resume`: fewer than asked for where `signal` ended it.
 * @throws TypeError where checkpoints or `resume` are asked for and the agent can't be saved; what the agent or the environment throws
 * where `resume` is of another; RangeError where `steps` is not a positive integer, no timer can wait for `timeout`, `onSession` is given and nothing is recommended, or a first observation or an
 * action is no member of its space; TypeError or RangeError where an answer is no step; a `TimeoutError` where none comes.
 */
export async function train<Observation, Action>({
  agent,
  environment,
  steps,
  seed,
  signal,
  timeout,
  checkpoints,
  resume,
  onMetrics,
  onEpisode,
  onSession,
}: TrainOptions<Observation, Action>): Promise<number> {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new RangeError(`steps: expected a positive integer, got ${steps}`);
  }
  if (timeout !== undefined) assertMilliseconds('timeout', timeout);
  if (checkpoints || resume !== undefined) assertSavable(agent);
  const sessions = new Sessions(environment, timeout);
  const { state } = sessions;
  const monitor = new TrainingMonitor({ steps, lines: LINES });
  const inspect = onMetrics && agent.inspect && (() => agent.inspect!());
  const turn = new NextTurn();

  if (resume === undefined) {
    await sessions.begin(seed);
    agent.begin?.();
  } else {
    const saved = restoreTraining(agent as Savable, resume, ['agent', 'sessions', 'monitor']);
    monitor.restore(saved.monitor);
    if (!(await sessions.goOn(saved.sessions, seed))) agent.begin?.();
  }
  const follower = onSession && new SessionFollower(environment, agent, state);
  const save = async (isLast: boolean) => {
    const savable = agent as Savable;
    const ofAgent = savable.view ? savable.view() : savable.state();
    await checkpoints?.save(
      { agent: ofAgent, sessions: await sessions.saved(), monitor: monitor.state() },
      state.step,
      isLast,
    );
  };
  while (state.step < steps && !signal?.aborted) {
    // a = π(s), and now and then something else, in every session that goes on.
    const { sessions: playing, observations } = await sessions.playing();
    const actions = agent.explore(observations, playing);

    // What that earns, and what is seen next.
    const round = await sessions.step(playing, actions);

    // The agent stores it, and learns.
    const told = agent.observe(round);
    // Of a promise alone: a turn of the event loop a round would be slower than some rounds are.
    for (const figures of told instanceof Promise ? await told : told) monitor.told(figures);

    monitor.played(round);
    for (const episode of sessions.episodesOf(round)) {
      monitor.ended(episode);
      await onEpisode?.(episode);
    }
    const followed = follower?.see(round, state.step);
    if (followed) await onSession?.(followed);
    const metrics = monitor.line(state, state.step >= steps, inspect);
    if (metrics) {
      follower?.follow();
      await onMetrics?.(metrics);
    }
    if (state.step < steps && checkpoints?.isDue(state.step)) await save(false);
    if (turn.isDue()) await turn.take();
  }
  if (checkpoints) await save(true);
  return state.step;
}

function assertSavable(agent: Partial<Savable>): void {
  if (agent.state && agent.restore) return;
  throw new TypeError('agent: expected state and restore, to go on from a checkpoint, got one without them');
}
