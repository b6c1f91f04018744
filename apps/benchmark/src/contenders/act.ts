import { DrrLearner } from '@rl-recsys/drr';
import { InnerProductSearch } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { serve } from '../harness/serve.js';
import { timeEach } from '../harness/timers.js';
import { SEED, SIZES } from '../sizes.js';
import { startBackend } from './backend.js';
import { People, type Person } from './people.js';
import { randomTable } from './random-data.js';

/** Acting and recommending with our kernels: the action, and a search of the catalogue by it. */
const { batchSize, k } = JSON.parse(process.argv[2]!) as { batchSize: number; k: number };
const about = await startBackend({ backend: 'wasm', fastKernels: true });
const random = Random.fromSeed(SEED);
const learner = new DrrLearner({
  users: randomTable(SIZES.users, 'users'),
  items: randomTable(SIZES.items, 'items'),
  historySize: SIZES.historySize,
  hiddenSize: SIZES.hiddenSize,
  random: random.fork('agent'),
});
const network = learner.policyNetwork;
const catalogue = new InnerProductSearch(learner.tables.items);
const people = new People(random.fork('people'));
let person: Person = people.one();
let crowd: Person[] = [];
const next = () => void (person = people.one());
const nextCrowd = () => void (crowd = people.some(batchSize));

await serve(
  {
    act: timeEach(() => network.act(person), next),
    actBatch: timeEach(() => network.actBatch(crowd), nextCrowd),
    recommend: timeEach(() => catalogue.topK(network.act(person), k, { excluded: person.seen }), next),
    recommendBatch: timeEach(
      () => catalogue.topKBatch(network.actBatch(crowd), k, { excluded: crowd.map(({ seen }) => seen) }),
      nextCrowd,
    ),
  },
  about,
);
