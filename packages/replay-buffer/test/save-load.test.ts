import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Random, type SavedState } from '@rl-recsys/random';
import { float32, int32, PrioritizedReplay, UniformReplay } from '../src/index.js';
import { loadReplay, saveReplay, type SavableReplay } from '../src/saved.js';

const fields = { state: float32(2), item: int32(), reward: float32() };

/** What a saved buffer consists of: its first line, and the three parts that it tells the lengths of. */
function partsOf(bytes: Uint8Array) {
  const end = bytes.indexOf(10);
  const seal = JSON.parse(new TextDecoder().decode(bytes.slice(0, end))) as { bytes: number[] };
  const [header, records, priorities] = seal.bytes.map((length, part) => {
    const start = end + 1 + seal.bytes.slice(0, part).reduce((sum, each) => sum + each, 0);
    return Buffer.from(bytes.slice(start, start + length));
  });
  return { seal, header: header!, records: records!, priorities: priorities! };
}
type F = typeof fields;

const load = (bytes: Uint8Array) => loadReplay(bytes, fields);

const kinds = [
  {
    kind: 'uniform',
    create: (capacity: number) => new UniformReplay({ capacity, fields, random: Random.fromSeed(5) }),
  },
  {
    kind: 'prioritized',
    create: (capacity: number) =>
      new PrioritizedReplay({ capacity, fields, random: Random.fromSeed(5), alpha: 0.7, epsilon: 0.01 }),
  },
];

/** Adds, samples and updates `rounds` times; returns all that was sampled. */
function use(replay: SavableReplay<F>, rounds: number, first: number) {
  const batch = replay.createBatch(3);
  return Array.from({ length: rounds }, (_, round) => {
    const item = first + round;
    replay.add({ state: [item / 3, -item], item, reward: Math.sin(item) });
    replay.sample(batch, { beta: 0.6 });
    replay.updatePriorities(
      batch.ids,
      batch.columns.reward.map((reward) => 3 * reward),
    );
    return structuredClone(batch);
  });
}

describe.each(kinds)('a saved $kind replay', ({ kind, create }) => {
  test('goes on to the bit, before and after the ring has wrapped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 25 }), (capacity, rounds) => {
        const replay = create(capacity);
        use(replay, rounds, 0);
        const copy = load(saveReplay(replay));
        expect([copy.size, copy.capacity]).toEqual([replay.size, replay.capacity]);
        expect(use(copy, 12, rounds)).toEqual(use(replay, 12, rounds));
        expect(saveReplay(copy)).toEqual(saveReplay(replay));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('does not follow the buffer, nor the buffer it', () => {
    const replay = create(4);
    use(replay, 6, 0);
    const bytes = saveReplay(replay);
    const kept = bytes.slice();
    const copy = load(bytes);
    const expected = use(copy, 5, 6);
    bytes.fill(0);
    use(replay, 9, 100);
    expect(use(load(kept), 5, 6)).toEqual(expected);
  });

  test('can be read at any place in memory, and from a Node Buffer', () => {
    const replay = create(4);
    use(replay, 6, 0);
    const bytes = saveReplay(replay);
    const expected = use(load(bytes), 5, 6);
    for (const shift of [1, 2, 3]) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      expect(use(load(moved.subarray(shift)), 5, 6)).toEqual(expected);
      expect(use(load(Buffer.from(moved).subarray(shift)), 5, 6)).toEqual(expected);
    }
  });

  test('takes no more than the filled part of the ring', () => {
    const replay = create(1_000_000);
    use(replay, 10, 0);
    expect(saveReplay(replay).length).toBeLessThan(1000);
  });

  test('may be loaded with the fields in another order', () => {
    const replay = create(4);
    use(replay, 6, 0);
    const reordered = { reward: float32(), item: int32(), state: float32(2) };
    const bytes = saveReplay(replay);
    const copy = loadReplay(bytes, reordered);
    expect(copy).toBeInstanceOf(kind === 'uniform' ? UniformReplay : PrioritizedReplay);
    expect(use(copy, 5, 6)).toEqual(use(replay, 5, 6));
  });

  test('that is damaged in any bit, cut short anywhere, or too long is refused', () => {
    const replay = create(3);
    use(replay, 4, 0);
    const bytes = saveReplay(replay);
    const refusal = (input: Uint8Array) => {
      try {
        load(input);
        return 'none';
      } catch (error) {
        return String(error);
      }
    };
    for (let index = 0; index < bytes.length; index++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[index]! ^= 1 << bit;
        if (!refusal(damaged).startsWith('Error: bytes: '))
          throw new Error(`byte ${index}: ${refusal(damaged)}`);
      }
      expect(refusal(bytes.slice(0, index))).toMatch('Error: bytes: ');
    }
    expect(() => load(Uint8Array.of(...bytes, 0))).toThrow('bytes: ');
    // JSON that means the same is not what was written: a name that comes twice, a blank between two.
    const name = bytes.subarray(1, bytes.indexOf(','.charCodeAt(0)) + 1);
    for (const more of [name, Uint8Array.of(0x20)]) {
      expect(() => load(Uint8Array.of(bytes[0]!, ...more, ...bytes.subarray(1)))).toThrow('is damaged');
    }
    const [format, ...others] = Object.entries(partsOf(bytes).seal);
    const reordered = JSON.stringify(Object.fromEntries([...others, format!]));
    const end = bytes.indexOf(10);
    expect(reordered).toHaveLength(end);
    const line = new TextEncoder().encode(reordered);
    expect(() => load(Uint8Array.of(...line, ...bytes.subarray(end)))).toThrow('is damaged');
  });

  test('is refused where it is something else', () => {
    const line = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
    for (const foreign of [null, 5, 'text', [1, 2], { format: 'other' }, {}]) {
      expect(() => load(line(foreign))).toThrow('bytes: expected a saved replay buffer, got something else');
    }
    const { seal } = partsOf(saveReplay(create(3)));
    expect(() => load(line({ ...seal, version: 2 }))).toThrow(
      'bytes: expected version 1 of the format, got 2',
    );
  });
});

describe('a state with a number that is none is refused, and changes nothing:', () => {
  const replay = kinds[1]!.create(4);
  use(replay, 6, 0);
  const state = replay.state() as Record<string, SavedState>;
  const priorities = state['priorities'] as Float64Array;
  const records = state['records'] as Uint8Array;
  const changed = (numbers: Float64Array, place: number, number: number) => {
    const copy = numbers.slice();
    copy[place] = number;
    return copy;
  };
  const infinite = records.slice();
  infinite.set([0, 0, 0x80, 0x7f], 4); // the reward of the first
  const unbounded = records.slice();
  unbounded.set([0, 0, 0x80, 0xff], 16 + 12); // the last number of the second's state
  test.each<[string, Record<string, SavedState>]>([
    ['priorities[2]: expected a number above 0', { priorities: changed(priorities, 2, NaN) }],
    ['priorities[1]: expected a number above 0', { priorities: changed(priorities, 1, Infinity) }],
    ['priorities[0]: expected a number above 0', { priorities: changed(priorities, 0, 0) }],
    ['priorities[3]: expected a number above 0', { priorities: changed(priorities, 3, -1) }],
    ['priorities: expected 4 float64, got 3', { priorities: priorities.slice(1) }],
    ['priorities: expected 4 float64, got 4', { priorities: [...priorities] }],
    ['maxPriority: expected a number above 0', { maxPriority: Infinity }],
    ['maxPriority: expected a number above 0', { maxPriority: NaN }],
    ['records.reward: expected finite numbers, got Infinity', { records: infinite }],
    ['records.state: expected finite numbers, got -Infinity', { records: unbounded }],
    ['state: expected the state of a replay buffer', { records: [...records] }],
    ['state: expected the state of a replay buffer', { added: '4' }],
  ])('%s', (message, wrong) => {
    const before = saveReplay(replay);
    expect(() => replay.restore({ ...state, ...wrong })).toThrow(message);
    expect(saveReplay(replay)).toEqual(before);
  });
});

test('other fields are named', () => {
  const replay = new UniformReplay({ capacity: 2, fields, random: Random.fromSeed(1) });
  const bytes = saveReplay(replay);
  const { reward, ...fewer } = fields;
  expect(() => loadReplay(bytes, fewer)).toThrow(
    'fields.reward: expected no such field, got float32 of size 1 in the saved buffer',
  );
  expect(() => loadReplay(bytes, { ...fields, extra: reward })).toThrow(
    'fields.extra: expected float32 of size 1, got no such field in the saved buffer',
  );
  expect(() => loadReplay(bytes, { ...fields, item: float32() })).toThrow(
    'fields.item: expected float32 of size 1, got int32 of size 1 in the saved buffer',
  );
  expect(() => loadReplay(bytes, { ...fields, state: float32(3) })).toThrow(
    'fields.state: expected float32 of size 3, got float32 of size 2 in the saved buffer',
  );
});

test('the file is a line of JSON with a SHA-256, a header of JSON, and little-endian numbers', () => {
  const replay = new PrioritizedReplay({ capacity: 3, fields, random: Random.fromSeed(1), alpha: 1 });
  replay.add({ state: [1, -2], item: 258, reward: 0.5 });
  const { seal, header, records, priorities } = partsOf(saveReplay(replay));
  expect(seal).toMatchObject({
    format: '@rl-recsys/replay-buffer',
    version: 1,
    checksum: createHash('sha256')
      .update(Buffer.concat([header, records, priorities]))
      .digest('hex'),
  });
  // By name: item, reward, state.
  const expected = [2, 1, 0, 0, /* 0.5 */ 0, 0, 0, 0x3f, /* 1 */ 0, 0, 0x80, 0x3f, /* -2 */ 0, 0, 0, 0xc0];
  expect(JSON.parse(String(header))).toMatchObject({ kind: 'prioritized', capacity: 3, alpha: 1 });
  expect([...records]).toEqual(expected);
  expect([...priorities]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
});
