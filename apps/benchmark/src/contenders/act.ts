import { DrrAgent } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { serve } from '../harness/serve.js';
import { timeEach } from '../harness/timers.js';
import { SEED, SIZES } from '../sizes.js';
import { startBackend } from './backend.js';
import { People, type Person } from './people.js';
import { randomTable } from './random-data.js';

/** Acting and recommending with our kernels. */
const { batchSize, k } = JSON.parse(process.argv[2]!) as { batchSize: number; k: number };
const about = await startBackend({ backend: 'wasm', fastKernels: true });
const random = Random.fromSeed(SEED);
const agent = new DrrAgent({
  users: randomTable(SIZES.users, 'users'),
  items: randomTable(SIZES.items, 'items'),
  historySize: SIZES.historySize,
  hiddenSize: SIZES.hiddenSize,
  random: random.fork('agent'),
});
const people = new People(random.fork('people'));
const nothing = { rewards: new Float32Array(SIZES.historySize), candidates: new Int32Array(0) };
let person: Person = people.one();
let crowd: Person[] = [];
const next = () => void (person = people.one());
const nextCrowd = () => void (crowd = people.some(batchSize));

await serve(
  {
    act: timeEach(() => agent.act({ ...person, ...nothing }), next),
    actBatch: timeEach(() => agent.policy.actBatch(crowd), nextCrowd),
    recommend: timeEach(() => agent.policy.recommend(person, { k, seen: person.seen }), next),
    recommendBatch: timeEach(
      () => agent.policy.recommendBatch(crowd, { k, seen: crowd.map(({ seen }) => seen) }),
      nextCrowd,
    ),
  },
  about,
);
