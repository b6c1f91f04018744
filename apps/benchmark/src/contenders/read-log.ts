import { readLog } from '@rl-recsys/datasets';
import { serve } from '../harness/serve.js';

/** A file to columns, once in each process: a second log beside the first would count as memory of reading. */
const { file } = JSON.parse(process.argv[2]!) as { file: string };

await serve({
  run: async () => {
    const startedAt = performance.now();
    const { log } = await readLog(file, { user: 'user', item: 'item', rating: 'rating', time: 'time' });
    const times = [performance.now() - startedAt];
    // maxRSS is in KiB.
    return { times, details: { ratings: log.items.length, peakMiB: process.resourceUsage().maxRSS / 1024 } };
  },
});
