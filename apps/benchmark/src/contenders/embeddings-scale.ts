import { fitMatrixFactorization } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { serve } from '../harness/serve.js';
import { SEED } from '../sizes.js';
import { powerLawLog, type PowerLawSizes } from './power-law-log.js';
import { sweepTimes } from './sweep-times.js';

/** One fit of two sweeps, the second timed, in a process of its own: its memory is the fit's and the log's. */
const { factors, ...sizes } = JSON.parse(process.argv[2]!) as PowerLawSizes & { factors: number };
const random = Random.fromSeed(SEED);
const log = powerLawLog(sizes, random.fork('log'));
const before = process.memoryUsage().rss;
const { times } = sweepTimes((onIteration) =>
  fitMatrixFactorization(log, { random, factors, iterations: 2, onIteration }),
);

await serve({}, { times, rssBefore: before, peakRss: 1024 * process.resourceUsage().maxRSS });
