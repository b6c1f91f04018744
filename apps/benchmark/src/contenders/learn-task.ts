import { DrrLearner } from '@rl-recsys/drr';
import type { LearnResult } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { SEED, SIZES } from '../sizes.js';
import { randomTable, refill } from './random-data.js';

export interface LearnOptions {
  readonly batchSize: number;
  readonly fusedStep: boolean;
}

/** An update, and what refills its batch before; the same in Node and in a browser. */
export interface LearnTask {
  /** Of how many updates a time is the mean. */
  readonly block: number;
  readonly learn: () => LearnResult;
  readonly prepare: () => void;
}

/** One `DrrLearner.learn`; builds the learner on the backend that is set. */
export function createLearnTask({ batchSize, fusedStep }: LearnOptions): LearnTask {
  const random = Random.fromSeed(SEED);
  const learner = new DrrLearner({
    users: randomTable(SIZES.users, 'users'),
    items: randomTable(SIZES.items, 'items'),
    historySize: SIZES.historySize,
    hiddenSize: SIZES.hiddenSize,
    fusedStep,
    random: random.fork('agent'),
  });
  const replay = new PrioritizedReplay({
    capacity: 1,
    fields: learner.fields,
    random: random.fork('replay'),
  });
  const batch = replay.createBatch(batchSize);
  const transitions = random.fork('transitions');
  return { block: 1, learn: () => learner.learn(batch), prepare: () => refill(batch, transitions) };
}
