import { tidyValues } from '@rl-recsys/agent';
import { createActor } from '@rl-recsys/ddpg';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createStateModule, DrrAve } from '@rl-recsys/state';
import * as tf from '@tensorflow/tfjs-core';
import { serve } from '../harness/serve.js';
import { timeEach } from '../harness/timers.js';
import { SEED, SIZES } from '../sizes.js';
import { startBackend } from './backend.js';
import { People, type Person } from './people.js';
import { randomTable } from './random-data.js';

/** The same as `act.ts` as one would write it with TensorFlow.js alone: tables and scores are tensors. */
const { batchSize, k } = JSON.parse(process.argv[2]!) as { batchSize: number; k: number };
await startBackend({ backend: 'wasm', fastKernels: false });
const { embeddingSize, historySize, hiddenSize } = SIZES;
const random = Random.fromSeed(SEED);
const users = tf.tensor2d(randomTable(SIZES.users, 'users').vectors, [SIZES.users, embeddingSize]);
const items = tf.tensor2d(randomTable(SIZES.items, 'items').vectors, [SIZES.items, embeddingSize]);
const stateModule = createStateModule(new DrrAve({}), { embeddingSize, historySize });
const actor = createActor({ stateSize: 3 * embeddingSize, actionSize: embeddingSize, hiddenSize, random });
const people = new People(random.fork('people'));
let crowd: Person[] = [];
const next = (count: number) => () => void (crowd = people.some(count));

await serve({
  act: timeEach(() => tidyValues(() => act(crowd)), next(1)),
  actBatch: timeEach(() => tidyValues(() => act(crowd)), next(batchSize)),
  recommend: timeEach(recommend, next(1)),
  recommendBatch: timeEach(recommend, next(batchSize)),
});

function act(persons: readonly Person[]): tf.Tensor2D {
  const user = persons.map((person) => person.user);
  const histories = persons.flatMap(({ history }) => [...history]);
  const shape: [number, number] = [persons.length, historySize];
  const places = tf.tensor2d(
    histories.map((item) => Math.max(item, 0)),
    shape,
    'int32',
  );
  const mask = tf.tensor2d(
    histories.map((item) => (item === NO_ITEM ? 0 : 1)),
    shape,
  );
  const inputs = [tf.gather(users, tf.tensor1d(user, 'int32')), tf.gather(items, places), mask];
  return actor.apply(stateModule.apply(inputs)) as tf.Tensor2D;
}

function recommend(): Array<Array<{ item: number; score: number }>> {
  const forbidden = new Float32Array(crowd.length * SIZES.items);
  crowd.forEach(({ seen }, row) => {
    for (const item of seen) forbidden[row * SIZES.items + item] = -Infinity;
  });
  const { values, indices } = tf.tidy(() => {
    const scores = tf.matMul(act(crowd), items, false, true);
    return tf.topk(tf.add(scores, tf.tensor2d(forbidden, [crowd.length, SIZES.items])), k);
  });
  const [score, item] = [values.dataSync(), indices.dataSync()];
  tf.dispose([values, indices]);
  return crowd.map((_, row) =>
    Array.from({ length: k }, (__, place) => ({
      item: item[row * k + place]!,
      score: score[row * k + place]!,
    })),
  );
}
