import {
  NextTurn,
  restoreTraining,
  TrainingMonitor,
  type EpisodeSummary,
  type SplitAgent,
  type TrainingCheckpoints,
  type TrainingMetrics,
} from '@rl-recsys/agent';
import type { SavedState } from '@rl-recsys/random';
import type { Fields } from '@rl-recsys/replay-buffer';
import { LOOKS } from './acting-agent.js';
import { LearnerProgress } from './learner-progress.js';
import type { LearnerSeat } from './learner-seat.js';
import { paceLimiter } from './pace-limiter.js';
import { RoundCodec } from './round-codec.js';
import { RoundsReader } from './rounds-reader.js';
import { takeRound, type TakenRound } from './take-round.js';
import { encodeWeights } from './weights-codec.js';

/** What {@link learnFromActors} is given. */
export interface LearnFromActorsOptions<Observation, Action, F extends Fields> {
  /** Made as its actors' are. Its learner and its replay are used. */
  readonly agent: SplitAgent<Observation, Action, F>;
  /** The learner's place; `takeSeat` gives one. */
  readonly seat: LearnerSeat;
  /** How many steps at least, of all actors together. */
  readonly steps: number;
  /** Ends it after the round in which it aborts; actors wait then. */
  readonly signal?: AbortSignal;
  /**
   * Is given all that learning is, every so often and at the end. Rounds are removed from Redis once what it returns is done: it must
   * reject where a checkpoint could not be written.
   */
  readonly checkpoints?: TrainingCheckpoints;
  /** Goes on where the learner that gave this stood; where a function gives it, its large arrays become the agent's own. */
  readonly resume?: SavedState | (() => SavedState);
  /** Called about a hundred times, with a look at the agent; learning waits for it. */
  readonly onMetrics?: (metrics: TrainingMetrics) => Promise<void> | void;
  /** Called for each episode that has ended; learning waits for it. */
  readonly onEpisode?: (episode: EpisodeSummary) => Promise<void> | void;
  /** Is told in one sentence of a round that was refused. */
  readonly onRefused?: (sentence: string) => void;
}

/** How many lines of metrics there are in a run. */
const LINES = 100;

/** Milliseconds after which actors are told how far learning is, also where rounds wait to be read. */
const TELL = 20;

/** Milliseconds between two weights for actors: as often as those look who are few. */
const PUBLISH = LOOKS.few;

/**
 * Learns from the rounds that actors send: each is stored once, in the order in which Redis took it, and followed by the updates that one
 * process would make after it.
 *
 * A round is removed from Redis only when a checkpoint holds it. After a crash the next learner goes on from its newest checkpoint, gets again
 * what came since, and tells by the actors' numbers what it has.
 *
 * @returns how many steps were made: fewer than asked for where `signal` ended it.
 * @throws FencedError where another learner has taken over; what `checkpoints` throws; RangeError where learning runs away.
 */
export async function learnFromActors<Observation, Action, F extends Fields>(
  options: LearnFromActorsOptions<Observation, Action, F>,
): Promise<number> {
  const { agent, seat, steps, signal, checkpoints, resume, onMetrics, onEpisode, onRefused } = options;
  const codec = new RoundCodec(agent.fields);
  const limiter = paceLimiter(agent.pace);
  const progress = new LearnerProgress();
  const monitor = new TrainingMonitor({ steps, lines: LINES });
  const inspect = agent.inspect && (() => agent.inspect!());
  if (resume !== undefined) {
    const saved = restoreTraining(agent, resume, ['agent', 'progress', 'monitor']);
    progress.restore(saved.progress);
    monitor.restore(saved.monitor);
  }
  const reader = new RoundsReader(seat.options.redis, seat.options.keys, seat.options);
  const turn = new NextTurn(); // signals, and the seat's clock, have theirs
  let [published, told] = [-Infinity, -Infinity];
  const tell = async (held?: number) => {
    const now = (told = performance.now());
    const isDue = now - published >= PUBLISH;
    if (isDue) published = now;
    const { inserted, samples, position } = progress;
    const weights = isDue ? { weights: `${seat.epoch}.${samples}` } : {};
    await seat.tell(
      { inserted, samples, position, ...weights, over: progress.step >= steps ? '1' : '0' },
      { ...(held !== undefined && { held }), ...(isDue && { weights: encodeWeights(agent.weights()) }) },
    );
  };
  let saved = progress.position;
  const save = async () => {
    await seat.confirm();
    const { step, position } = progress;
    saved = position;
    const parts = { agent: agent.view?.() ?? agent.state(), progress: progress.state() };
    // As if it were the last: rounds are removed when it is written, and not before.
    await checkpoints?.save({ ...parts, monitor: monitor.state() }, step, true);
    await tell(position);
  };
  const learnFrom = async ({ sent: { madeAt }, round }: TakenRound<F>) => {
    agent.store(round.transitions);
    progress.inserted += 1;
    progress.step += round.steps;
    // Updates between those that it was played by and now; how many another learner has made since its checkpoint nobody knows.
    monitor.told({ staleness: madeAt === undefined ? undefined : Math.max(0, progress.samples - madeAt) });
    const counts = () => ({ inserts: progress.inserted, samples: progress.samples });
    while (limiter.canSample(counts())) {
      // Where there is no batch yet an update is passed over for good, as in one process; else actors would wait for it for ever.
      if (agent.canLearn) monitor.told(agent.update());
      progress.samples += 1;
    }
    for (const reward of round.rewards) monitor.earned(reward);
    for (const episode of round.episodes) {
      const summary = { step: progress.step, ...episode };
      progress.episodes += 1;
      monitor.ended(summary);
      await onEpisode?.(summary);
    }
    const line = onMetrics && monitor.line(progress, progress.step >= steps, inspect);
    if (line) await onMetrics(line);
  };

  try {
    await tell(progress.position);
    while (progress.step < steps && !signal?.aborted) {
      for (const entry of await reader.next()) {
        await seat.confirm(); // whoever stood still is no learner any more, and writes no line of metrics
        const taken = takeRound(entry, { agent, codec, progress }, onRefused);
        if (taken) await learnFrom(taken);
        if (turn.isDue()) await turn.take();
        if (progress.step >= steps || signal?.aborted) break;
        if (performance.now() - told >= TELL) await tell();
      }
      // At once where nothing waits to be read: then actors may wait to hear of it.
      if (progress.step < steps && !reader.isBehind) await tell();
      const isNew = progress.position > saved; // nothing is saved again while nobody acts
      if (progress.step < steps && isNew && checkpoints?.isDue(progress.step)) await save();
    }
    await save();
  } finally {
    reader.close();
  }
  return progress.step;
}
