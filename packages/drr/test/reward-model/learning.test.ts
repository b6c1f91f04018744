import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { expect, test } from '@jest/globals';
import { recommend, RewardModel, RewardModelPolicy } from '../../src/index.js';
import '../on-wasm.js';

const topicCount = 4;
const itemCount = 16;
const historySize = 3;
const topicOf = (item: number) => item % topicCount;

/** Items of four topics; a user likes what is of the topic of the item before, and all users are alike. */
function topics(random: Random) {
  const items = Float32Array.from(
    { length: itemCount * topicCount },
    (_, place) =>
      Number(topicOf(Math.floor(place / topicCount)) === place % topicCount) + 0.1 * random.normal(),
  );
  return {
    users: createEmbeddingTable(new Float32Array(topicCount).fill(0.5), topicCount),
    items: createEmbeddingTable(items, topicCount),
    blocks: [{ name: 'topic', start: 0, size: topicCount }],
  };
}

test('learns a reward that depends on the item and on the history together', () => {
  const random = Random.fromSeed('topics');
  const model = new RewardModel({
    ...topics(random.fork('vectors')),
    ...{ historySize, hiddenSize: 16, dropout: 0, learningRate: 0.01, random: random.fork('model') },
  });
  const replay = new UniformReplay({ capacity: 2000, fields: model.fields, random: random.fork('replay') });
  const drawHistory = () => Int32Array.from({ length: historySize }, () => random.integer(itemCount));
  const rewards = new Float32Array(historySize);
  const rewardOf = (history: Int32Array, item: number) =>
    Number(topicOf(history[historySize - 1]!) === topicOf(item));
  for (let row = 0; row < 2000; row++) {
    const [history, item] = [drawHistory(), random.integer(itemCount)];
    replay.add({ user: 0, history, rewards, item, reward: rewardOf(history, item) });
  }
  const first = replay.createBatch(500);
  replay.sample(first);
  model.prepare(first);
  const batch = replay.createBatch(64);
  for (let update = 0; update < 300; update++) {
    replay.sample(batch);
    model.learn(batch);
  }

  // On histories that are new to it for the most part. Blind to them it would be right in three of four.
  const candidates = Int32Array.from({ length: itemCount }, (_, item) => item);
  const policy = new RewardModelPolicy(model);
  let [right, firstRight] = [0, 0];
  for (let trial = 0; trial < 100; trial++) {
    const history = drawHistory();
    const observation = { user: 0, history, rewards, candidates };
    const values = model.values({ user: [0], history, rewards }, candidates);
    candidates.forEach((item, place) => {
      if (values[place]! > 0.5 === rewardOf(history, item) > 0.5) right += 1;
    });
    firstRight += rewardOf(history, recommend(policy, observation, 1)[0]!.item);
  }
  expect(right / (100 * itemCount)).toBeGreaterThan(0.97);
  expect(firstRight).toBeGreaterThanOrEqual(99);
});
