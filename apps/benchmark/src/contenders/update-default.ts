import { serve } from '../harness/serve.js';
import { timeBlocks } from '../harness/timers.js';
import { startBackend, type BackendOptions } from './backend.js';
import { createDefaultLearnTask } from './default-learn-task.js';
import type { LearnOptions } from './learn-task.js';

/** `ResidualLearner.learn`, on a batch that is refilled before each two. */
const options = JSON.parse(process.argv[2]!) as BackendOptions & LearnOptions;
const about = await startBackend(options);
const { block, learn, prepare } = createDefaultLearnTask(options);
await serve({ run: timeBlocks(block, learn, prepare) }, about);
