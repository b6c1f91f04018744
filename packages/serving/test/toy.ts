import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { residualFromLog } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { createRecommender, type Recommender } from '@rl-recsys/recommender';
import { syntheticRatingLog } from '@rl-recsys/simulators';
import * as tf from '@tensorflow/tfjs-core';
import type { FeedbackRecord, RecommendationRecord, RewardRecord } from '../src/index.js';

tf.enableProdMode(); // no "running in Node.js" banner

const log = syntheticRatingLog({
  ...{ users: 30, items: 60, ratingsPerUser: 10 },
  random: Random.fromSeed('log'),
});

const idsOf = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);

/** One that ranks as matrix factorisation does: another seed gives other vectors. */
export function toyRecommender(seed = 1, options: { rewardsInState?: boolean } = {}): Recommender {
  const made = residualFromLog(log, {
    ...{ steps: 64, hiddenSize: 8, ...options },
    random: Random.fromSeed(seed),
  });
  return createRecommender({ ...made, log, users: idsOf('user', 30), items: idsOf('item', 60) });
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'rl-recsys-serving-'));
}

/** A recommendation of two items. */
export function recommendation(
  eventId: string,
  at: number,
  request: Partial<RecommendationRecord['request']> = {},
): RecommendationRecord {
  return {
    ...{ kind: 'recommendation', eventId, at, model: '0', arm: 'serving', mode: 'online', temperature: 0.1 },
    request: { user: 'ann', k: 2, ...request },
    ...{ by: 'policy', pool: ['mug', 'cap'] },
    items: ['mug', 'cap'].map((item) => ({ item, score: 1, probability: 0.5 })),
  };
}

export function reward(id: string, at: number, given: Partial<RewardRecord> = {}): RewardRecord {
  return { kind: 'reward', id, at, eventId: 'e', item: 'mug', reward: 1, ...given };
}

/** All records of a log. */
export async function recordsOf(
  records: AsyncIterable<{ record: FeedbackRecord }>,
): Promise<FeedbackRecord[]> {
  const all = [];
  for await (const { record } of records) all.push(record);
  return all;
}
