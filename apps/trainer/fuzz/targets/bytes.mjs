// Saved bytes that have changed: sealed ones are refused in one sentence, others are refused or read as something sound.
import { TextEncoder } from 'node:util';
import {
  createEmbeddingTable,
  decodeIds,
  decodeNpy,
  decodeParquet,
  decodeWord2Vec,
  encodeIds,
  encodeNpy,
  encodeParquet,
  encodeWord2Vec,
} from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { decodeSaved, encodeSaved, memoryStorage, tarStorage, toTar } from '@rl-recsys/recommender';
import { float32, int32, PrioritizedReplay, UniformReplay } from '@rl-recsys/replay-buffer';
import { loadReplay, saveReplay } from '@rl-recsys/replay-buffer/saved';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { changed, changes } from '../mutation.mjs';
import { orRefusal } from '../ours.mjs';

const fields = { x: float32(2), item: int32() };
const ids = ['a', 'béta', 'c-d'];
const table = createEmbeddingTable(Float32Array.of(1, 2, 0.1, 4, 5, 6), 2);

function replayOf(Replay) {
  const replay = new Replay({ capacity: 3, fields, random: Random.fromSeed(1) });
  for (let item = 0; item < 4; item++) replay.add({ x: [item, -item], item });
  return saveReplay(replay);
}

async function archive() {
  const storage = memoryStorage();
  await storage.write('one.bin', Uint8Array.of(1, 2, 3));
  await storage.write('more/two.json', new TextEncoder().encode('{"a":1}'));
  return toTar(storage);
}

/** As Spark would write it, which is not sealed. */
function foreignParquet() {
  const columnData = [
    { name: 'id', data: [10, 7, 3] },
    { name: 'features', data: [[1, 2], [0.1, 4], [5, 6]] }, // prettier-ignore
  ];
  const schema = [
    { name: 'root', num_children: 2 },
    { name: 'id', type: 'INT32', repetition_type: 'OPTIONAL' },
    { name: 'features', converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'FLOAT', repetition_type: 'OPTIONAL' },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema }));
}

const state = {
  step: 3,
  name: 'é',
  list: [null, true, NaN, -0],
  arrays: [Float32Array.of(1, 2), Uint8Array.of(7)],
};

/** What was written, how it is read, and whether a seal would find every change. */
const kinds = {
  'saved state': { bytes: encodeSaved(state), read: decodeSaved, isSealed: true },
  'uniform replay': {
    bytes: replayOf(UniformReplay),
    read: (bytes) => loadReplay(bytes, fields),
    isSealed: true,
  },
  'prioritized replay': {
    bytes: replayOf(PrioritizedReplay),
    read: (bytes) => loadReplay(bytes, fields),
    isSealed: true,
  },
  'sealed Parquet': { bytes: await encodeParquet({ ids, table }), read: decodeParquet },
  'foreign Parquet': { bytes: foreignParquet(), read: decodeParquet },
  npy: { bytes: encodeNpy(table), read: decodeNpy },
  word2vec: { bytes: encodeWord2Vec({ ids, table }), read: decodeWord2Vec },
  ids: { bytes: encodeIds(ids), read: decodeIds },
  tar: { bytes: await archive(), read: readAll },
};

async function readAll(bytes) {
  const storage = tarStorage(bytes);
  const names = await storage.list();
  return Promise.all(names.map((name) => storage.read(name)));
}

/** No table has numbers that are none. */
function assertSound(value) {
  const vectors = value?.table?.vectors ?? value?.vectors;
  if (vectors !== undefined && !vectors.every(Number.isFinite))
    throw new Error('a vector of numbers that are none');
}

const isSame = (one, other) =>
  one.length === other.length && one.every((byte, place) => byte === other[place]);

export const properties = {
  ...Object.fromEntries(
    Object.entries(kinds).map(([name, { bytes, read, isSealed }]) => [
      name,
      fc.asyncProperty(changes, async (list) => {
        const given = changed(bytes, list);
        const value = await orRefusal(() => read(given));
        if (value !== undefined && isSealed && !isSame(given, bytes))
          throw new Error('a change was not found');
        assertSound(value);
      }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(kinds).map(([name, { read }]) => [
      `${name}, of any bytes`,
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) =>
        assertSound(await orRefusal(() => read(bytes))),
      ),
    ]),
  ),
};
