import { InnerProductSearch } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { serve } from '../harness/serve.js';
import { timeEach } from '../harness/timers.js';
import { SEED, SIZES } from '../sizes.js';
import { randomTable } from './random-data.js';

/** Exact search for the rows with the largest inner products, another query each time. */
const { rows, k } = JSON.parse(process.argv[2]!) as { rows: number; k: number };
const random = Random.fromSeed(SEED).fork('queries');
const search = new InnerProductSearch(randomTable(rows, 'rows'));
const query = new Float32Array(SIZES.embeddingSize);

await serve({
  run: timeEach(
    () => search.topK(query, k),
    () => query.forEach((_, place) => (query[place] = 2 * random.uniform() - 1)),
  ),
});
