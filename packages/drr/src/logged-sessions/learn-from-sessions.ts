import { assertNumbers, integerFrom } from '@rl-recsys/agent';
import type { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { learningRateShare } from '../residual/learning-rate-share.js';
import type { ResidualLearner } from '../residual/learner.js';
import type { ResidualFigures } from '../residual/update-parts.js';
import type { SessionSteps } from './session-steps.js';
import { sessionTransitions, type SessionReturnOptions } from './session-transitions.js';

/** How a learner learns from a log. */
export interface LearnFromSessionsOptions extends SessionReturnOptions {
  /** How often it learns from a batch (default 1000). */
  readonly updates?: number;
  /** Transitions in a batch (default 128). */
  readonly batchSize?: number;
  /**
   * Whether its inputs are brought to one scale first, which is done once: false where it goes on from what it learned before
   * (default true).
   */
  readonly prepare?: boolean;
  /** Draws candidates and batches, each from a fork of its own. */
  readonly random: Random;
}

/** Transitions that are looked at before it learns. */
const PREPARED = 2048;

/**
 * Learns from logged sessions alone, whoever recommended in them: fills a replay buffer with their transitions and makes updates
 * at rates that fall to a twentieth in the second half. About 2,000 sessions are needed; with a hundred it may get worse.
 *
 * @returns the mean loss of the critics over the last tenth of updates.
 * @throws RangeError where an option is out of range, an index is in no table, or the histories have another length.
 */
export function learnFromSessions(
  learner: ResidualLearner,
  steps: SessionSteps,
  { updates = 1000, batchSize = 128, prepare = true, random, ...returns }: LearnFromSessionsOptions,
): ResidualFigures['criticLoss'] {
  assertNumbers(integerFrom(1), { updates, batchSize });
  const transitions = sessionTransitions(learner, steps, { ...returns, random: random.fork('candidates') });
  const replay = new UniformReplay({
    ...{ capacity: transitions.length, fields: learner.fields, random: random.fork('replay') },
  });
  for (const transition of transitions) replay.add(transition);
  if (prepare) {
    const first = replay.createBatch(Math.min(replay.size, PREPARED));
    replay.sample(first);
    learner.prepare(first);
  }
  const batch = replay.createBatch(batchSize);
  const counted = Math.ceil(updates / 10);
  let loss = 0;
  for (let update = 0; update < updates; update++) {
    learner.scaleLearningRates(learningRateShare(update, updates));
    replay.sample(batch);
    const { criticLoss } = learner.learn(batch).figures;
    if (update >= updates - counted) loss += criticLoss / counted;
  }
  return loss;
}
