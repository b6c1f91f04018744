import { transitionFields } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { serve } from '../harness/serve.js';
import { timeBlocks } from '../harness/timers.js';
import { SEED, SIZES } from '../sizes.js';
import { bareRecords } from './bare-records.js';
import { fillHistory } from './random-data.js';

/** Prioritized replay of DRR's transitions, full, with priorities that differ; a block is 200 calls. */
interface ReplayOptions {
  readonly capacity: number;
  /** k: how many numbers the action has. */
  readonly actionSize: number;
}

const BLOCK = 200;
const BATCH = 64;
const { capacity, actionSize } = JSON.parse(process.argv[2]!) as ReplayOptions;
const random = Random.fromSeed(SEED);

const before = process.memoryUsage().arrayBuffers;
const fields = transitionFields({ historySize: SIZES.historySize, embeddingSize: actionSize });
const replay = new PrioritizedReplay({ capacity, fields, random: random.fork('replay') });
const bytesPerTransition = (process.memoryUsage().arrayBuffers - before) / capacity;

const transitions = Array.from({ length: BLOCK }, () => transition(random.fork('transitions')));
for (let added = 0; added < capacity; added++) replay.add(transitions[added % BLOCK]!);
spreadPriorities();

const bare = bareRecords(fields, capacity);
const batch = replay.createBatch(BATCH);
const rows = new Int32Array(BLOCK * BATCH);
const ids = new Float64Array(BLOCK * BATCH);
const errors = new Float32Array(BLOCK * BATCH);

await serve(
  {
    add: timeBlocks(BLOCK, (place) => replay.add(transitions[place]!)),
    sample: timeBlocks(BLOCK, () => replay.sample(batch, { beta: 0.4 })),
    gather: timeBlocks(BLOCK, (place) => bare.gather(part(rows, place), batch.columns), drawRows),
    updatePriorities: timeBlocks(
      BLOCK,
      (place) => replay.updatePriorities(part(ids, place), part(errors, place)),
      drawUpdates,
    ),
  },
  { bytesPerTransition, rawBytesPerTransition: bare.bytesPerRecord },
);

function transition(stream: Random) {
  const [history, nextHistory] = [0, 1].map(() => {
    const items = new Int32Array(SIZES.historySize);
    fillHistory(items, stream);
    return items;
  }) as [Int32Array, Int32Array];
  const action = Float32Array.from({ length: actionSize }, () => 2 * stream.uniform() - 1);
  const user = stream.integer(SIZES.users);
  return { user, history, action, reward: 0.5, discount: 0.9, nextHistory };
}

/** As after a while of training: every transition has had an error of its own. */
function spreadPriorities(): void {
  const chunk = 1000;
  const error = new Float32Array(chunk);
  for (let first = 0; first < capacity; first += chunk) {
    const id = Float64Array.from({ length: Math.min(chunk, capacity - first) }, (_, place) => first + place);
    for (let place = 0; place < id.length; place++) error[place] = random.normal();
    replay.updatePriorities(id, error.subarray(0, id.length));
  }
}

function drawRows(): void {
  for (let place = 0; place < rows.length; place++) rows[place] = random.integer(capacity);
}

/** Ids as replay draws them, with new errors. */
function drawUpdates(): void {
  for (let block = 0; block < BLOCK; block++) {
    replay.sample(batch, { beta: 0.4 });
    ids.set(batch.ids, block * BATCH);
  }
  for (let place = 0; place < errors.length; place++) errors[place] = random.normal();
}

function part<Numbers extends Int32Array | Float64Array | Float32Array>(
  all: Numbers,
  place: number,
): Numbers {
  return all.subarray(place * BATCH, (place + 1) * BATCH) as Numbers;
}
