import { serve } from '../harness/serve.js';
import { timeEach } from '../harness/timers.js';
import { startBackend, type BackendOptions } from './backend.js';
import { createLearnTask, type LearnOptions } from './learn-task.js';

/** One `DrrLearner.learn` an iteration, on a batch that is refilled before each. */
const options = JSON.parse(process.argv[2]!) as BackendOptions & LearnOptions;
const about = await startBackend(options);
const { learn, prepare } = createLearnTask(options);
await serve({ run: timeEach(learn, prepare) }, about);
