import { expect, test } from '@jest/globals';
import type { SavedState } from '@rl-recsys/random';
import { memoryStorage, type RecordStorage } from '@rl-recsys/storage';
import { Checkpoints, compare } from '../src/index.js';

/** A state with arrays of every size that matters: 5 MB are two pieces. */
function stateOf(step: number): SavedState {
  const large = new Float32Array(1_250_000).fill(step);
  large[1_249_999] = -1;
  return {
    step,
    agent: {
      replay: { records: new Uint8Array(large.buffer), priorities: new Float64Array(200_000).fill(1 / 3) },
    },
    lists: [Int32Array.of(step), [new Uint16Array(600_000).fill(step)], null, NaN, -0],
  };
}

/** A storage with so much room, and what it was asked to write. */
function roomFor(bytes: number): RecordStorage & { left: number; largest: number } {
  const inner = memoryStorage();
  const storage = {
    ...inner,
    left: bytes,
    largest: 0,
    async write(name: string, record: Uint8Array) {
      storage.largest = Math.max(storage.largest, record.length);
      if (record.length > storage.left) throw new Error('ENOSPC: no space left on device, write');
      storage.left -= record.length;
      await inner.write(name, record);
    },
  };
  return storage;
}

test('reads back the newest, to the bit, whatever its arrays are', async () => {
  const storage = memoryStorage();
  const checkpoints = new Checkpoints({ storage });
  expect(await checkpoints.newest()).toEqual({ checkpoint: undefined, passedOver: [] });
  for (const step of [1, 2]) await checkpoints.save(stateOf(step), { step });
  const { checkpoint, passedOver } = await new Checkpoints({ storage }).newest();
  expect(passedOver).toEqual([]);
  expect(checkpoint).toMatchObject({ number: 2, step: 2, score: null });
  expect(compare(checkpoint!.state, stateOf(2))).toBeUndefined();
  for (const state of [null, 3, new Float64Array(300_000).fill(2), []]) {
    await checkpoints.save(state, { step: 3 });
    expect(compare((await checkpoints.newest()).checkpoint!.state, state)).toBeUndefined();
  }
});

test('keeps the last, and the best, and nothing else of its own', async () => {
  const storage = memoryStorage();
  await storage.write('metrics.json', Uint8Array.of(1));
  const checkpoints = new Checkpoints({ storage, keep: 2 });
  for (const [step, score] of [0.1, 0.9, 0.9, 0.3, 0.2].entries())
    await checkpoints.save({ step }, { step, score });
  const manifests = async () => (await storage.list()).filter((name) => name.endsWith('.json'));
  expect(await manifests()).toEqual([
    ...[3, 4, 5].map((number) => `checkpoint-00000${number}.json`),
    'metrics.json',
  ]);
  expect((await checkpoints.best()).checkpoint).toMatchObject({ step: 2, score: 0.9, state: { step: 2 } });
  expect((await checkpoints.newest()).checkpoint).toMatchObject({ step: 4 });
  await checkpoints.keepNewestAndBest();
  expect(await manifests()).toEqual([
    ...['checkpoint-000003.json', 'checkpoint-000005.json'],
    'metrics.json',
  ]);
  expect(await storage.list()).toHaveLength(5);
});

test('what a crash left half written is not there, and is swept', async () => {
  const storage = memoryStorage();
  const checkpoints = new Checkpoints({ storage, keep: 1 });
  await checkpoints.save({ step: 1 }, { step: 1 });
  await storage.write('checkpoint-000002-0000.bin', Uint8Array.of(1, 2, 3));
  const { checkpoint, passedOver } = await checkpoints.newest();
  expect([checkpoint!.step, passedOver]).toEqual([1, []]);
  await checkpoints.save({ step: 3 }, { step: 3 });
  expect(await storage.list()).toEqual(['checkpoint-000003-0000.bin', 'checkpoint-000003.json']);
});

test.each([0, 100, 1_000, 6_000_000])(
  'a disk that is full after %d bytes loses nothing older',
  async (room) => {
    const storage = roomFor(Infinity);
    const checkpoints = new Checkpoints({ storage, keep: 1 });
    await checkpoints.save(stateOf(1), { step: 1 });
    const before = await storage.list();
    storage.left = room;
    await expect(checkpoints.save(stateOf(2), { step: 2 })).rejects.toThrow(
      'checkpoint: could not be written: ENOSPC',
    );
    expect(await storage.list()).toEqual(before);
    expect(compare((await checkpoints.newest()).checkpoint!.state, stateOf(1))).toBeUndefined();
    storage.left = Infinity;
    await checkpoints.save(stateOf(3), { step: 3 });
    expect((await checkpoints.newest()).checkpoint!.step).toBe(3);
  },
);

test('large arrays are written piece by piece from where they lie, and others have their turn between', async () => {
  const storage = roomFor(Infinity);
  const records = new Uint8Array(40 << 20);
  const seen = new Set<ArrayBufferLike>();
  const write = storage.write.bind(storage);
  storage.write = async (name, bytes) => {
    if (bytes.length > 1 << 20) seen.add(bytes.buffer);
    await write(name, bytes);
  };
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  await new Checkpoints({ storage }).save({ records }, { step: 1 });
  clearInterval(timer);
  expect([...seen]).toEqual([records.buffer]);
  expect(storage.largest).toBe(4 << 20);
  expect(turns).toBeGreaterThanOrEqual(5);
});

test('an array that begins a larger block is read into one, and only what it holds is written', async () => {
  const storage = roomFor(Infinity);
  const checkpoints = new Checkpoints({ storage });
  const ring = new ArrayBuffer(64 << 20);
  const records = new Uint8Array(ring, 0, 3 << 20).fill(5);
  await checkpoints.save({ records, tail: new Uint8Array(ring, 62 << 20, 2 << 20) }, { step: 1 });
  expect(storage.largest).toBe(3 << 20);
  const state = (await checkpoints.newest()).checkpoint!.state as Record<string, Uint8Array>;
  expect(Buffer.compare(state['records']!, records)).toBe(0);
  expect(['records', 'tail'].map((name) => state[name]!.buffer.byteLength)).toEqual([64 << 20, 2 << 20]);
});

test('refuses to keep none', () => {
  expect(() => new Checkpoints({ storage: memoryStorage(), keep: 0 })).toThrow(
    'keep: expected a positive integer, got 0',
  );
});
