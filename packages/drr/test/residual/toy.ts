import type { Random } from '@rl-recsys/random';
import { Random as Stream } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import {
  ResidualLearner,
  type ResidualBatch,
  type ResidualFields,
  type ResidualFigures,
  type ResidualLearnerOptions,
} from '../../src/index.js';
import { randomTable } from '../random-table.js';

/** Two blocks of two and one dimensions. */
export const blocks = [
  { name: 'taste', start: 0, size: 2 },
  { name: 'fame', start: 2, size: 1 },
];

export const sizes = { users: 4, items: 6, historySize: 3, candidateCount: 4 };

export function toyLearner(options: Partial<ResidualLearnerOptions> = {}): ResidualLearner {
  const random = Stream.fromSeed('toy');
  return new ResidualLearner({
    users: randomTable(sizes.users, 3, random.fork('users')),
    items: randomTable(sizes.items, 3, random.fork('items')),
    ...{ blocks, historySize: sizes.historySize, candidateCount: sizes.candidateCount, hiddenSize: 8 },
    random: random.fork('agent'),
    ...options,
  });
}

/** One user's view: item 5 earned 1, then item 2 earned −0.5. */
export const histories = {
  user: [1],
  history: Int32Array.of(-1, 5, 2),
  rewards: Float32Array.of(0, 1, -0.5),
};

/** Transitions with histories of any length, candidates and discounts, as they come. */
export function toyReplay(learner: ResidualLearner, count = 40): UniformReplay<ResidualFields> {
  const random = Stream.fromSeed('transitions');
  const replay = new UniformReplay({
    capacity: count,
    fields: learner.fields,
    random: random.fork('sample'),
  });
  for (let row = 0; row < count; row++) {
    const [before, after] = [drawHistory(random), drawHistory(random)];
    const candidates = random.shuffle(Int32Array.of(0, 1, 2, 3, 4, 5)).slice(0, 4);
    const item = candidates[0]!;
    if (row % 3 === 0) candidates[3] = -1;
    replay.add({
      ...{ user: random.integer(sizes.users), candidates, item, reward: item === 2 ? 1 : -1 },
      ...{ history: before.history, rewards: before.rewards, discount: row % 2 },
      ...{ nextHistory: after.history, nextRewards: after.rewards },
      nextCandidates: candidates.map((each) => (each === item ? -1 : each)),
    });
  }
  return replay;
}

export function sampleOf(learner: ResidualLearner, batchSize = 16): ResidualBatch {
  const replay = toyReplay(learner);
  const batch = replay.createBatch(batchSize);
  replay.sample(batch);
  return batch;
}

function drawHistory(random: Random): { history: Int32Array; rewards: Float32Array } {
  const length = random.integer(sizes.historySize + 1);
  const padding = sizes.historySize - length;
  const history = Int32Array.from({ length: 3 }, (_, place) => (place < padding ? -1 : random.integer(6)));
  return { history, rewards: Float32Array.from(history, (item) => (item < 0 ? 0 : random.normal())) };
}

/** Learns from batches of a replay of its own. */
export function learnOn(learner: ResidualLearner, updates: number): ResidualFigures[] {
  const replay = toyReplay(learner);
  const batch = replay.createBatch(16);
  replay.sample(batch);
  learner.prepare(batch);
  return Array.from({ length: updates }, () => {
    replay.sample(batch);
    return learner.learn(batch).figures;
  });
}
