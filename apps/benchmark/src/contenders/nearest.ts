import { InnerProductSearch } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { serve } from '../harness/serve.js';
import { timeEach } from '../harness/timers.js';
import { SEED, SIZES } from '../sizes.js';
import { randomTable } from './random-data.js';

/** Exact search for the rows with the largest inner products, of one query or of many; other ones each time. */
const { rows, k, users = 0 } = JSON.parse(process.argv[2]!) as { rows: number; k: number; users?: number };
const random = Random.fromSeed(SEED).fork('queries');
const search = new InnerProductSearch(randomTable(rows, 'rows'));
const query = new Float32Array(SIZES.embeddingSize);
const queries = new Float32Array(users * SIZES.embeddingSize);
const draw = (vector: Float32Array) =>
  vector.forEach((_, place) => (vector[place] = 2 * random.uniform() - 1));

await serve({
  run: timeEach(
    () => search.topK(query, k),
    () => draw(query),
  ),
  block: timeEach(
    () => search.topKBatch(queries, k),
    () => draw(queries),
  ),
});
