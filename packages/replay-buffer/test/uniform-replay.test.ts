import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { float32, int32, PrioritizedReplay, UniformReplay, type Replay } from '../src/index.js';

const fields = { item: int32(), state: float32(2) };

function filled(count: number, { capacity = 5, seed = 1 } = {}): UniformReplay<typeof fields> {
  const replay = new UniformReplay({ capacity, fields, random: Random.fromSeed(seed) });
  for (let item = 0; item < count; item++) replay.add({ item, state: [item / 2, -item] });
  return replay;
}

test('a sample has ids, the columns that belong to them, and weights of 1', () => {
  const replay = filled(8);
  const batch = replay.createBatch(16);
  replay.sample(batch);
  expect(batch.ids.every((id) => id >= 3 && id <= 7)).toBe(true);
  expect([...batch.columns.item]).toEqual([...batch.ids]);
  expect([...batch.columns.state]).toEqual([...batch.ids].flatMap((id) => [id / 2, -id]));
  expect([...batch.weights]).toEqual(new Array(16).fill(1));
});

test('small batches are drawn from all that is stored', () => {
  const replay = filled(5);
  const batch = replay.createBatch(2);
  const drawn = new Set<number>();
  for (let round = 0; round < 60; round++) {
    replay.sample(batch);
    for (const id of batch.ids) drawn.add(id);
  }
  expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4]);
});

// Chi-square with 4 degrees of freedom is above 18.5 once in a thousand.
test.each([{ count: 5 }, { count: 13 }])(
  'each of 5 is as likely, the last too, after $count adds',
  ({ count }) => {
    const replay = filled(count);
    const batch = replay.createBatch(100);
    const counts = new Array<number>(5).fill(0);
    for (let round = 0; round < 100; round++) {
      replay.sample(batch);
      for (const id of batch.ids) counts[id - (count - 5)]! += 1;
    }
    expect(counts.reduce((sum, seen) => sum + (seen - 2000) ** 2 / 2000, 0)).toBeLessThan(18.5);
  },
);

test('a single transition is all that is drawn', () => {
  const replay = filled(1);
  const batch = replay.createBatch(4);
  replay.sample(batch);
  expect([...batch.ids]).toEqual([0, 0, 0, 0]);
});

test('size grows to capacity and stays', () => {
  expect([filled(0).size, filled(3).size, filled(5).size, filled(12).size]).toEqual([0, 3, 5, 5]);
  expect(filled(0).capacity).toBe(5);
});

test('the same seed draws the same, another seed something else', () => {
  const draw = (seed: number) => {
    const replay = filled(5, { seed });
    const batch = replay.createBatch(50);
    replay.sample(batch);
    return [...batch.ids];
  };
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
});

test('a batch draws one number of the stream a row', () => {
  const [replay, twin] = [filled(5), filled(5)];
  const idsOf = (of: typeof replay, size: number) => {
    const batch = of.createBatch(size);
    of.sample(batch);
    return [...batch.ids];
  };
  expect([...idsOf(replay, 4), ...idsOf(replay, 8)]).toEqual(idsOf(twin, 12));
});

test('code for one replay runs with the other', () => {
  const random = Random.fromSeed(1);
  const replays: Replay<typeof fields>[] = [
    new UniformReplay({ capacity: 5, fields, random }),
    new PrioritizedReplay({ capacity: 5, fields, random }),
  ];
  for (const replay of replays) {
    replay.add({ item: 3, state: [1, 2] });
    const batch = replay.createBatch(2);
    replay.sample(batch, { beta: 0.4 });
    replay.updatePriorities(batch.ids, [0.1, 0.2]);
    expect([...batch.columns.item]).toEqual([3, 3]);
    expect([...batch.weights]).toEqual([1, 1]);
    expect(() => replay.sample(batch, { beta: 2 })).toThrow('beta: expected 0 to 1, got 2');
    expect(() => replay.updatePriorities(batch.ids, [1, NaN])).toThrow(
      'tdErrors[1]: expected a finite number, got NaN',
    );
  }
});

test('bad arguments are named', () => {
  const replay = filled(0);
  const batch = replay.createBatch(2);
  expect(() => replay.sample(batch)).toThrow(
    'sample: expected at least one transition, but the buffer is empty',
  );
  expect(() => replay.createBatch(0)).toThrow('batchSize: expected a positive integer, got 0');
  replay.add({ item: 0, state: [0, 0] });
  const foreign = { ...batch, columns: { ...batch.columns, state: new Float32Array(3) } };
  expect(() => replay.sample(foreign)).toThrow(
    'columns.state: expected Float32Array of 4, got Float32Array of 3',
  );
  const short = { ...batch, weights: new Float32Array(1) };
  expect(() => replay.sample(short)).toThrow('batch.weights: expected 2 like ids, got 1');
});

test('what is refused draws nothing from the stream', () => {
  const [replay, twin] = [filled(5), filled(5)];
  const [batch, twinBatch] = [replay.createBatch(9), twin.createBatch(9)];
  const foreign = { ...batch, columns: { ...batch.columns, state: new Float32Array(3) } };
  expect(() => replay.sample(foreign)).toThrow('columns.state: expected Float32Array of 18');
  replay.sample(batch);
  twin.sample(twinBatch);
  expect(batch).toEqual(twinBatch);
});

test('an option that nothing reads is named', () => {
  const options = { capacity: 2, fields, random: Random.fromSeed(1), alpha: 0.6 };
  expect(() => new UniformReplay(options)).toThrow(
    'alpha: expected one of the options capacity, fields, random, got an unknown name',
  );
});
