import { createEmbeddingTable, vectorOf } from '@rl-recsys/embeddings';
import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { expect, test } from '@jest/globals';
import { bestItem, DrrLearner } from '../../src/index.js';
import '../on-wasm.js';

const k = 4;
const historySize = 3;
const sessionLength = 5;
/** Every user looks along an axis of their own. */
const users = createEmbeddingTable(
  Float32Array.of(...[1, 0, 0, 0], ...[0, 1, 0, 0], ...[0, 0, 1, 0], ...[0, 0, 0, 1]),
  k,
);
/** Items 0 to 3 are for one user each, 4 and 5 for two each; nobody likes more than two of six. */
const items = createEmbeddingTable(
  Float32Array.of(
    ...[0.9, -0.3, -0.3, -0.3],
    ...[-0.3, 0.9, -0.3, -0.3],
    ...[-0.3, -0.3, 0.9, -0.3],
    ...[-0.3, -0.3, -0.3, 0.9],
    ...[0.5, 0.5, -0.5, -0.5],
    ...[-0.5, -0.5, 0.5, 0.5],
  ),
  k,
);
const candidates = Int32Array.of(0, 1, 2, 3, 4, 5);

/** +1 for an item that points along the user, −1 for another. */
function rewardOf(user: number, item: number): number {
  const [taste, vector] = [vectorOf(users, user), vectorOf(items, item)];
  return taste.reduce((sum, number, axis) => sum + number * vector[axis]!, 0) > 0 ? 1 : -1;
}

const startSession = (user: number): RecommendationObservation => ({
  user,
  history: new Int32Array(historySize).fill(NO_ITEM),
  rewards: new Float32Array(historySize),
  candidates,
});

/** What is seen after `item` was shown: a liked item enters the history, the oldest leaves. */
function show(observation: RecommendationObservation, item: number) {
  const { user, history } = observation;
  const reward = rewardOf(user, item);
  const nextHistory = reward > 0 ? Int32Array.of(...history.slice(1), item) : history;
  return { reward, next: { ...observation, history: nextHistory } };
}

/** The mean reward of a step, over one session of every user. */
function meanReward(actionOf: (observation: RecommendationObservation) => Float32Array): number {
  let sum = 0;
  for (let user = 0; user < users.rows; user++) {
    let observation = startSession(user);
    for (let step = 0; step < sessionLength; step++) {
      const { reward, next } = show(observation, bestItem(actionOf(observation), items, candidates));
      sum += reward;
      observation = next;
    }
  }
  return sum / (users.rows * sessionLength);
}

const randomAction = (random: Random) => Float32Array.from({ length: k }, () => 2 * random.uniform() - 1);

/** Learns by Algorithm 1 of DRR, ε-greedily, from `steps` items shown. */
function train(seed: number, steps: number): DrrLearner {
  const random = Random.fromSeed(seed);
  const learner = new DrrLearner({
    users,
    items,
    historySize,
    hiddenSize: 32,
    random: random.fork('agent'),
    actorLearningRate: 2e-3,
    criticLearningRate: 1e-2,
    tau: 0.05,
  });
  const replay = new PrioritizedReplay({
    capacity: 1000,
    fields: learner.fields,
    random: random.fork('replay'),
  });
  const batch = replay.createBatch(16);
  let observation = startSession(0);
  for (let step = 0; step < steps; step++) {
    const explores = random.uniform() < 0.8;
    const action = explores ? randomAction(random) : learner.policyNetwork.act(observation);
    const { reward, next } = show(observation, bestItem(action, items, candidates));
    const terminated = (step + 1) % sessionLength === 0;
    const { user, history } = observation;
    replay.add({ user, history, action, reward, discount: terminated ? 0 : 0.5, nextHistory: next.history });
    observation = terminated ? startSession(random.integer(users.rows)) : next;
    if (replay.size < 150) continue;
    replay.sample(batch, { beta: 0.5 });
    replay.updatePriorities(batch.ids, learner.learn(batch).tdErrors);
  }
  return learner;
}

test('by chance the reward is negative', () => {
  const random = Random.fromSeed(1);
  const rewards = Array.from({ length: 50 }, () => meanReward(() => randomAction(random)));
  expect(rewards.reduce((sum, reward) => sum + reward) / 50).toBeLessThan(-0.2);
});

test.each([1, 2])(
  'with seed %p it learns what each user likes',
  (seed) => {
    const learner = train(seed, 400);
    // Any fixed order of the items gets 0 at most: none is liked by more than half of the users.
    expect(meanReward((observation) => learner.policyNetwork.act(observation))).toBeGreaterThan(0.4);
  },
  60_000,
);
