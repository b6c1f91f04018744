import { describe, expect, test } from '@jest/globals';
import { copySaved, Random } from '@rl-recsys/random';
import { float32, PrioritizedReplay, UniformReplay } from '../src/index.js';

const fields = { x: float32() };
const kinds = {
  uniform: (capacity: number) => new UniformReplay({ capacity, fields, random: Random.fromSeed(1) }),
  prioritized: (capacity: number) =>
    new PrioritizedReplay({ capacity, fields, random: Random.fromSeed(1), alpha: 1 }),
};

/** How often each x comes in a hundred batches of a hundred. */
function frequencies(
  replay: UniformReplay<typeof fields> | PrioritizedReplay<typeof fields>,
): Map<number, number> {
  const batch = replay.createBatch(100);
  const counts = new Map<number, number>();
  for (let draw = 0; draw < 100; draw++) {
    replay.sample(batch, { beta: 0 });
    for (const x of batch.columns.x) counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  return counts;
}

describe.each(Object.entries(kinds))('a larger %s buffer', (kind, make) => {
  test.each([3, 5, 7, 9, 12])(
    'takes what a full one of three held after %d transitions, and loses the oldest first',
    (added) => {
      const small = make(3);
      for (let x = 0; x < added; x++) {
        const id = small.add({ x });
        small.updatePriorities([id], [x === added - 2 ? 8 : 1]);
      }
      const large = make(5);
      large.restore(small.state());
      expect(large.size).toBe(3);
      const kept = [added - 3, added - 2, added - 1];
      const counts = frequencies(large);
      expect([...counts.keys()].sort((a, b) => a - b)).toEqual(kept);
      const share = counts.get(added - 2)! / 10_000;
      expect(share).toBeCloseTo(kind === 'prioritized' ? 0.8 : 1 / 3, 1);
      for (let x = 100; x < 103; x++) large.add({ x });
      expect([...frequencies(large).keys()].sort((a, b) => a - b)).toEqual([
        added - 2,
        added - 1,
        100,
        101,
        102,
      ]);
    },
  );

  test('a smaller one, or one of other fields, refuses', () => {
    const large = make(5);
    for (let x = 0; x < 9; x++) large.add({ x });
    const small = make(3);
    expect(() => small.restore(large.state())).toThrow('records: expected 12 bytes (added is 9), got 20');
    const none = { ...(large.state() as object), records: new Uint8Array(0) };
    expect(() => small.restore(none)).toThrow('records: expected 12 bytes (added is 9), got 0');
    expect(() => small.restore({ ...(large.state() as object), records: new Uint8Array(7) })).toThrow(
      'records: expected',
    );
    expect(small.size).toBe(0);
  });
});

test('a view is of what is in use, a state is a copy', () => {
  for (const make of Object.values(kinds)) {
    const replay = make(2);
    replay.add({ x: 1 });
    const [view, state] = [replay.view(), replay.state()] as { records: Uint8Array }[];
    expect(view).toEqual(state);
    replay.add({ x: 2 });
    replay.add({ x: 3 });
    expect(new Float32Array(view!.records.buffer)[0]).toBe(3);
    expect(new Float32Array(state!.records.slice().buffer)[0]).toBe(1);
  }
});

describe.each(Object.entries(kinds))('a %s buffer adopts', (_, make) => {
  /** A view whose transitions lie in a block that is a copy of the buffer's, as one that was read lies. */
  const apart = (replay: ReturnType<typeof make>) => {
    const { records, ...rest } = replay.view() as { records: Uint8Array<ArrayBuffer> } & Record<
      string,
      never
    >;
    return { ...copySaved(rest), records: new Uint8Array(records.buffer.slice(), 0, records.length) };
  };

  test.each([2, 5, 8])(
    'what %d transitions left, without a copy, and goes on as one that was restored',
    (added) => {
      const [first, restored, adopting] = [make(5), make(5), make(5)];
      for (let x = 0; x < added; x++) first.updatePriorities([first.add({ x })], [x + 1]);
      restored.restore(first.state());
      const given = apart(first);
      adopting.adopt(given);
      for (const replay of [restored, adopting]) replay.add({ x: 100 });
      expect(adopting.state()).toEqual(restored.state());
      expect(frequencies(adopting)).toEqual(frequencies(restored));
      expect(new Float32Array(given.records.buffer)[added % 5]).toBe(100);
    },
  );

  test('by a copy what lies in a block of another size, and refuses what `restore` refuses', () => {
    const [first, adopting] = [make(5), make(5)];
    for (let x = 0; x < 3; x++) first.add({ x });
    const given = first.state() as { records: Uint8Array<ArrayBuffer> };
    adopting.adopt(given);
    adopting.add({ x: 9 });
    expect([...new Float32Array(given.records.buffer)]).toEqual([0, 1, 2]);
    const broken = apart(first);
    new Float32Array(broken.records.buffer)[1] = NaN;
    expect(() => adopting.adopt(broken)).toThrow('records.x: expected finite numbers, got NaN');
    expect(adopting.size).toBe(4);
  });
});
