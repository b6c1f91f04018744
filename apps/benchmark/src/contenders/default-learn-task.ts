import { ResidualLearner, simulatorDefaults, type ResidualBatch } from '@rl-recsys/drr';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { DEFAULT_SIZES as SIZES, SEED } from '../sizes.js';
import type { LearnOptions, LearnTask } from './learn-task.js';
import { fillHistory, randomTable } from './random-data.js';

/** {@link createLearnTask} of the default variant: two `ResidualLearner.learn` a block, of which one is the actor's too. */
export function createDefaultLearnTask({ batchSize, fusedStep }: LearnOptions): LearnTask {
  const random = Random.fromSeed(SEED);
  const k = SIZES.blockSizes.reduce((sum, size) => sum + size, 0);
  const starts = SIZES.blockSizes.map((_, block) =>
    SIZES.blockSizes.slice(0, block).reduce((sum, size) => sum + size, 0),
  );
  const blocks = SIZES.blockSizes.map((size, block) => ({
    name: `block ${block}`,
    start: starts[block]!,
    size,
  }));
  const learner = new ResidualLearner({
    ...simulatorDefaults,
    users: randomTable(SIZES.users, 'users', k),
    items: randomTable(SIZES.items, 'items', k),
    ...{ blocks, gates: Object.fromEntries(blocks.map(({ name }, block) => [name, SIZES.gates[block]!])) },
    ...{ historySize: SIZES.historySize, candidateCount: SIZES.candidateCount, hiddenSize: SIZES.hiddenSize },
    ...{ fusedStep, random: random.fork('agent') },
  });
  const replay = new UniformReplay({ capacity: 1, fields: learner.fields, random: random.fork('replay') });
  const batch = replay.createBatch(batchSize);
  const transitions = random.fork('transitions');

  refill(batch, transitions);
  learner.prepare(batch);
  for (let update = 0; update < 100; update++) learner.learn(batch); // in which the actor does not learn yet
  return { block: 2, learn: () => learner.learn(batch), prepare: () => refill(batch, transitions) };
}

/** Fills a batch as replay would, with transitions that were never seen before. */
function refill({ columns, weights }: ResidualBatch, transitions: Random): void {
  const { historySize: n, candidateCount: count } = SIZES;
  for (let row = 0; row < weights.length; row++) {
    columns.user[row] = transitions.integer(SIZES.users);
    columns.reward[row] = 2 * transitions.uniform() - 1;
    columns.discount[row] = transitions.integer(50) === 0 ? 0 : 0.9;
    fillHistory(columns.history.subarray(row * n, (row + 1) * n), transitions, SIZES.items);
    fillHistory(columns.nextHistory.subarray(row * n, (row + 1) * n), transitions, SIZES.items);
  }
  for (let place = 0; place < columns.candidates.length; place++) {
    columns.candidates[place] = transitions.integer(SIZES.items);
    columns.nextCandidates[place] = transitions.integer(SIZES.items);
  }
  for (let row = 0; row < weights.length; row++) columns.item[row] = columns.candidates[row * count]!;
  for (const [history, rewards] of [
    [columns.history, columns.rewards],
    [columns.nextHistory, columns.nextRewards],
  ] as const) {
    for (let place = 0; place < history.length; place++) {
      rewards[place] = history[place] === NO_ITEM ? 0 : 2 * transitions.uniform() - 1;
    }
  }
  weights.fill(1);
}
