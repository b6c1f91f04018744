import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { DrrLearner, type DrrBatch, type DrrLearnerOptions, type EmbeddingTables } from '../../src/index.js';
import { randomTable } from '../random-table.js';

/** Rounds to 0 in float32: nothing moves. */
export const frozen = 1e-60;

/** Three users and six items, k = 4; the same at every call. */
export function toyTables(): EmbeddingTables {
  const random = Random.fromSeed('tables');
  return { users: randomTable(3, 4, random), items: randomTable(6, 4, random) };
}

/** A small learner over {@link toyTables}, n = 3. */
export function toyLearner({
  seed = 1,
  ...change
}: Partial<DrrLearnerOptions> & { seed?: number } = {}): DrrLearner {
  return new DrrLearner({
    ...toyTables(),
    historySize: 3,
    hiddenSize: 8,
    random: Random.fromSeed(seed),
    ...change,
  });
}

/** Ten made-up transitions, of which every third ends its session, in a buffer that always draws the same. */
export function toyReplay(learner: DrrLearner): PrioritizedReplay<DrrLearner['fields']> {
  const random = Random.fromSeed('transitions');
  const replay = new PrioritizedReplay({
    capacity: 16,
    fields: learner.fields,
    random: random.fork('replay'),
  });
  const draw = () => 2 * random.uniform() - 1;
  for (let step = 0; step < 10; step++) {
    const [older, newer] = [random.integer(6), random.integer(6)];
    replay.add({
      user: random.integer(3),
      history: [NO_ITEM, NO_ITEM, older],
      action: [draw(), draw(), draw(), draw()],
      reward: draw(),
      discount: step % 3 === 0 ? 0 : 0.9,
      nextHistory: [NO_ITEM, older, newer],
    });
  }
  return replay;
}

/** A sampled batch; the same at every call. */
export function toyBatch(learner: DrrLearner, batchSize = 8): DrrBatch {
  const replay = toyReplay(learner);
  const batch = replay.createBatch(batchSize);
  replay.sample(batch, { beta: 1 });
  return batch;
}

export function observe(change: Partial<RecommendationObservation> = {}): RecommendationObservation {
  return {
    user: 1,
    history: Int32Array.of(NO_ITEM, 2, 4),
    rewards: Float32Array.of(0, 1, 0.5),
    candidates: Int32Array.of(0, 1, 3, 5),
    ...change,
  };
}

export type Part = 'encoder' | 'actor' | 'critic';

export const parts: readonly Part[] = ['encoder', 'actor', 'critic'];

export function weightsOf(
  learner: DrrLearner,
  part: Part,
  which: 'networks' | 'targets' = 'networks',
): number[] {
  const networks = learner.actorCritic[which];
  const network = part === 'critic' ? networks.critics[0]! : networks[part]!;
  return network.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
}
