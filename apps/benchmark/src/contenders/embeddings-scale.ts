import { fitMatrixFactorization } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { serve } from '../harness/serve.js';
import { SEED } from '../sizes.js';
import { powerLawLog, type PowerLawSizes } from './power-law-log.js';
import { sweepTimes } from './sweep-times.js';

/** A fit of a synthetic log, once in each process: its peak of memory is that of the log and of one fit. */
const { factors, ...sizes } = JSON.parse(process.argv[2]!) as PowerLawSizes & { factors: number };
const random = Random.fromSeed(SEED);
const log = powerLawLog(sizes, random.fork('log'));

await serve({
  run: (sweeps) => {
    const bytesBefore = process.memoryUsage().rss;
    const { times } = sweepTimes((onIteration) =>
      fitMatrixFactorization(log, { random, factors, iterations: sweeps + 1, onIteration }),
    );
    // maxRSS is in KiB.
    return { times, details: { bytesBefore, peakBytes: 1024 * process.resourceUsage().maxRSS } };
  },
});
