/**
 * Vectors that were fitted elsewhere: by PyTorch (`np.save('items.npy', vectors)` and a list of ids), and by Spark (`model.itemFactors`
 * as Parquet). Here they are put into the order of a log's items, and the nearest are found.
 */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  alignVectors,
  createEmbeddingTable,
  decodeIds,
  decodeNpy,
  decodeParquet,
  InnerProductSearch,
} from '@rl-recsys/embeddings';
import { encodeIds, encodeNpy, encodeParquet } from '@rl-recsys/embeddings';
import { IdMap } from '@rl-recsys/rating-log';

// Files such as Python would write.
const folder = await mkdtemp(join(tmpdir(), 'vectors-'));
const fitted = {
  ids: ['tt7', 'tt3', 'tt9'],
  table: createEmbeddingTable(Float32Array.of(1, 0, 0.8, 0.6, -1, 0.2), 2),
};
await writeFile(join(folder, 'items.npy'), encodeNpy(fitted.table));
await writeFile(join(folder, 'items.txt'), encodeIds(fitted.ids));
await writeFile(join(folder, 'factors.parquet'), await encodeParquet(fitted));

const read = async (name: string) => new Uint8Array(await readFile(join(folder, name)));
const items = new IdMap(['tt3', 'tt9', 'tt7', 'tt1']); // as a log counts them; tt1 has no vector
const sources = {
  PyTorch: { ids: decodeIds(await read('items.txt')), table: decodeNpy(await read('items.npy')) },
  Spark: await decodeParquet(await read('factors.parquet')),
};
for (const [name, vectors] of Object.entries(sources)) {
  const table = alignVectors(vectors, items, { missing: 'zero' });
  const search = new InnerProductSearch(table);
  const nearest = search.topK(Float32Array.of(1, 0.1), 2).map(({ item }) => items.idOf(item));
  console.log(`${name}: ${nearest.join(' ')}`);
}
