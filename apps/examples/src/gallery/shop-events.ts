/** A shop's events, as it exports them, to recommendations for a customer it knows and for one it doesn't. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { train } from '@rl-recsys/agent';
import { formatReport, readLog } from '@rl-recsys/datasets';
import { gatedFromLog } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { createRecommender } from '@rl-recsys/recommender';
import { installFastKernels } from '@rl-recsys/wasm-kernels';

// What a shop would have: one line of JSON an event. Customers like one of three departments.
const random = Random.fromSeed('shop');
const events = Array.from({ length: 3000 }, (_, at) => {
  const customer = random.integer(100);
  const department = random.uniform() < 0.8 ? customer % 3 : random.integer(3);
  const what = random.uniform() < 0.2 ? 'purchase' : 'view';
  return JSON.stringify({
    who: `c-${customer}`,
    sku: `${['mug', 'cap', 'pen'][department]}-${random.integer(12)}`,
    what,
    at,
  });
});
const file = join(await mkdtemp(join(tmpdir(), 'shop-')), 'may.ndjson');
await writeFile(file, events.join('\n'));

const weights = { view: 1, purchase: 5 };
const columns = { user: 'who', item: 'sku', time: 'at', event: 'what', weights };
const { log, users, items, report } = await readLog(file, columns);
console.log(formatReport(report).join('\n'));

await tf.setBackend('wasm');
await installFastKernels();
const made = await gatedFromLog(log, { steps: 640, random: Random.fromSeed(1) }); // 61,440 by default
await train(made);

const recommender = createRecommender({ ...made, log, users: users.ids, items: items.ids });
const show = (who: string, shown: readonly { item: string }[]) =>
  console.log(`${who}: ${shown.map(({ item }) => item).join(' ')}`);
show('c-3, who likes mugs', recommender.recommend('c-3', { k: 5 }));
show('somebody new who looked at caps', recommender.recommend({ history: ['cap-1', 'cap-7'] }, { k: 5 }));
