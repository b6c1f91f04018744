import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { memoryStorage, type RecordStorage } from '@rl-recsys/storage';
import { Checkpoints, compare, PeriodicCheckpoints } from '../src/index.js';

/** A storage whose writes wait until it is opened. */
function gated(): RecordStorage & { open(): void; full: boolean } {
  const inner = memoryStorage();
  let open = () => {};
  let gate = new Promise<void>((resolve) => (open = resolve));
  const storage = {
    ...inner,
    full: false,
    open: () => open(),
    async write(name: string, bytes: Uint8Array) {
      const copy = () => bytes.slice();
      await gate;
      if (storage.full) throw new Error('ENOSPC: no space left on device, write');
      await inner.write(name, copy());
    },
  };
  void (gate = gate.then());
  return storage;
}

function periodic(storage: RecordStorage, errors: Error[] = [], score?: () => number) {
  const checkpoints = new Checkpoints({ storage });
  const onError = (error: Error) => void errors.push(error);
  return {
    checkpoints,
    saving: new PeriodicCheckpoints({ checkpoints, every: 1e-9, onError, ...(score && { score }) }),
  };
}

test('training goes on while a checkpoint is written, which has what was there when it began', async () => {
  const storage = gated();
  const { checkpoints, saving } = periodic(storage, [], () => 0.5);
  const weights = Float32Array.of(1, 2);
  const records = new Uint8Array(2 << 20).fill(7);
  await saving.save({ weights, records }, 10);
  expect(saving.isDue()).toBe(false); // the one before is not written yet
  weights.fill(9);
  records.fill(9);
  expect(await storage.list()).toEqual([]);
  storage.open();
  await saving.save({ weights, records }, 20, true);
  expect(saving.isDue()).toBe(true);
  expect((await checkpoints.newest()).checkpoint).toMatchObject({ step: 20, score: 0.5 });
  await storage.remove('checkpoint-000002.json');
  const { state } = (await checkpoints.newest()).checkpoint!;
  const begun = { weights: Float32Array.of(1, 2), records: new Uint8Array(2 << 20).fill(7) };
  expect(compare(state, begun)).toBeUndefined();
});

test('a copy takes the memory of the one before, and nothing of what is saved now or was saved then', async () => {
  const storage = memoryStorage();
  const { checkpoints, saving } = periodic(storage);
  const states = [
    { weights: [Float32Array.of(1, 2)], records: Uint8Array.of(1, 2, 3), rounds: 1 },
    { weights: [Float32Array.of(3, 4)], records: Uint8Array.of(4, 5, 6), rounds: 2 },
    { weights: [Float32Array.of(5, 6), Float32Array.of(7)], records: Uint8Array.of(8), more: null },
    { weights: Float64Array.of(5, 6), records: [Int8Array.of(9)], more: { rounds: 3 } },
  ];
  const copies = [];
  for (const [index, state] of states.entries()) {
    await saving.save(state, index);
    const copy = saving['copy'] as (typeof states)[0];
    copies.push({ ...copy, first: copy.weights[0] });
    await saving['writing'];
  }
  expect(copies[1]!.records).toBe(copies[0]!.records);
  expect(copies[2]!.first).toBe(copies[0]!.first);
  expect(copies[2]!.records).not.toBe(copies[0]!.records);
  for (const index of [3, 2, 1]) {
    const { checkpoint } = await checkpoints.newest();
    expect(checkpoint).toMatchObject({ step: index, state: states[index] });
    await storage.remove(`checkpoint-00000${index + 1}.json`);
  }
});

test('the last one is on the disk when its promise is kept, and so is one that is too large for a copy', async () => {
  for (const [size, isLast] of [
    [3, true],
    [(64 << 20) + 1, false],
  ] as const) {
    const storage = gated();
    const { checkpoints, saving } = periodic(storage);
    let isKept = false;
    const saved = saving.save(new Uint8Array(size), 1, isLast).then(() => (isKept = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isKept).toBe(false);
    storage.open();
    await saved;
    expect((await checkpoints.newest()).checkpoint!.step).toBe(1);
  }
});

test('a full disk is told of, and the next one is tried', async () => {
  const storage = gated();
  storage.open();
  const errors: Error[] = [];
  const { checkpoints, saving } = periodic(storage, errors);
  storage.full = true;
  await saving.save({ step: 1 }, 1);
  await saving.save({ step: 2 }, 2, true);
  expect(errors.map(({ message }) => message)).toEqual(
    new Array(2).fill('checkpoint: could not be written: ENOSPC: no space left on device, write'),
  );
  storage.full = false;
  await saving.save({ step: 3 }, 3, true);
  expect((await checkpoints.newest()).checkpoint!.step).toBe(3);
});

describe('by the clock', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** When the next one is due, to the millisecond. */
  function dueAfter(saving: PeriodicCheckpoints): number {
    const begun = now;
    while (!saving.isDue()) now += 1;
    return now - begun;
  }

  test.each([
    [0, 1000],
    [50, 900],
    [300, 500], // half of the time is left at most
  ])(
    'one that took %d ms to be written leaves the next one twice as long: it is due after %d',
    async (took, due) => {
      const storage = gated();
      const saving = new PeriodicCheckpoints({
        ...{ checkpoints: new Checkpoints({ storage }), every: 1000 },
        onError(error) {
          throw error;
        },
      });
      expect(dueAfter(saving)).toBe(900); // a tenth is left for the first
      const begun = now;
      await saving.save({ step: 1 }, 1);
      now += took;
      storage.open();
      await saving['writing'];
      dueAfter(saving);
      expect(now - begun).toBe(due);
    },
  );
});

test('refuses an interval of nothing', () => {
  const checkpoints = new Checkpoints({ storage: memoryStorage() });
  const onError = () => {};
  expect(() => new PeriodicCheckpoints({ checkpoints, every: 0, onError })).toThrow(
    'every: expected a positive number of milliseconds, got 0',
  );
});
