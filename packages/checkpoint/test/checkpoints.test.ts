import { expect, test } from '@jest/globals';
import { memoryStorage } from '@rl-recsys/storage';
import { Checkpoints, compare } from '../src/index.js';
import { testFullDisk } from './full-disk.suite.js';
import { roomFor, stateOf } from './large-state.js';

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

testFullDisk([6_000_000]); // with less room in the long tests

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
