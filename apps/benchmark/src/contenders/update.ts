import { DrrAgent } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { serve, timeEach } from '../harness/serve.js';
import { SEED, SIZES } from '../sizes.js';
import { startBackend, type BackendOptions } from './backend.js';
import { randomTable, refill } from './random-data.js';

/** One `DrrAgent.learn` an iteration, on a batch that is refilled before each. */
interface UpdateOptions extends BackendOptions {
  readonly batchSize: number;
  readonly fusedStep: boolean;
}

const options = JSON.parse(process.argv[2]!) as UpdateOptions;
const about = await startBackend(options);
await serve({ run: learnTask() }, about);

function learnTask() {
  const random = Random.fromSeed(SEED);
  const agent = new DrrAgent({
    users: randomTable(SIZES.users, 'users'),
    items: randomTable(SIZES.items, 'items'),
    historySize: SIZES.historySize,
    hiddenSize: SIZES.hiddenSize,
    fusedStep: options.fusedStep,
    random: random.fork('agent'),
  });
  const replay = new PrioritizedReplay({ capacity: 1, fields: agent.fields, random: random.fork('replay') });
  const batch = replay.createBatch(options.batchSize);
  const transitions = random.fork('transitions');
  return timeEach(
    () => agent.learn(batch),
    () => refill(batch, transitions),
  );
}
