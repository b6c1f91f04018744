import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { float32, int32, TransitionStorage } from '../src/index.js';

const fields = { item: int32(), state: float32(2) };

function columns(batchSize: number) {
  return { item: new Int32Array(batchSize), state: new Float32Array(2 * batchSize) };
}

/** The transitions that are stored, oldest first. */
function contents(storage: TransitionStorage<typeof fields>) {
  const ids = Array.from({ length: storage.size }, (_, index) => storage.oldestId + index);
  const out = columns(ids.length);
  storage.gather(ids, out);
  return ids.map((id, row) => ({
    id,
    item: out.item[row],
    state: [...out.state.subarray(2 * row, 2 * row + 2)],
  }));
}

describe('the ring', () => {
  test('gathers rows in the order of the ids, an id as often as it is named', () => {
    const storage = new TransitionStorage({ capacity: 3, fields });
    storage.add({ item: 7, state: [1, 2] });
    storage.add({ item: 8, state: [3, 4] });
    const out = columns(3);
    storage.gather([1, 0, 1], out);
    expect([...out.item]).toEqual([8, 7, 8]);
    expect([...out.state]).toEqual([3, 4, 1, 2, 3, 4]);
  });

  test('is an array of the last `capacity` transitions, however often it wraps', () => {
    const transition = fc.record({
      item: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      state: fc.tuple(...[0, 1].map(() => fc.float({ noNaN: true, noDefaultInfinity: true }))),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.array(transition, { maxLength: 30 }),
        (capacity, all) => {
          const storage = new TransitionStorage({ capacity, fields });
          for (const [id, one] of all.entries()) {
            expect(storage.add(one)).toBe(id);
            const model = all.slice(0, id + 1).map(({ item, state }, id) => ({ id, item, state }));
            expect(contents(storage)).toEqual(model.slice(-capacity));
          }
          for (const { id } of contents(storage)) expect(storage.idAt(storage.slotOf(id))).toBe(id);
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  test('takes ordinary and typed arrays of any kind, where the numbers fit', () => {
    const storage = new TransitionStorage({ capacity: 1, fields: { whole: int32(2), real: float32(2) } });
    const out = { whole: new Int32Array(2), real: new Float32Array(2) };
    const arrays = [
      [1, 2],
      Int32Array.of(1, 2),
      Float32Array.of(1, 2),
      Float64Array.of(1, 2),
      Uint8Array.of(1, 2),
    ];
    for (const array of arrays) {
      storage.gather([storage.add({ whole: [0, 0], real: [0, 0] })], out);
      storage.gather([storage.add({ whole: array, real: array })], out);
      expect([...out.whole, ...out.real]).toEqual([1, 2, 1, 2]);
    }
    expect(() => storage.add({ whole: Float32Array.of(1, 2.5), real: [0, 0] })).toThrow(
      'whole[1]: expected a 32-bit',
    );
    expect(() => storage.add({ whole: [0, 0], real: Float32Array.of(1, NaN) })).toThrow(
      'real[1]: expected a number',
    );
    expect(() => storage.add({ whole: [0, 0], real: Float64Array.of(1e39, 1) })).toThrow(
      'real[0]: expected a number',
    );
    expect(() => storage.add({ whole: Int32Array.of(1), real: [0, 0] })).toThrow(
      'whole: expected an array of 2',
    );
  });

  test('keeps short and long fields apart, in every dtype and from every kind of array', () => {
    const size = fc.constantFrom(1, 2, 3, 4, 5, 9, 47, 48, 49, 130);
    const make = fc.constantFrom(
      (values: number[]): ArrayLike<number> => values,
      (values: number[]) => Int32Array.from(values),
      (values: number[]) => Float32Array.from(values),
      (values: number[]) => Float64Array.from(values),
    );
    fc.assert(
      fc.property(size, size, make, fc.integer({ min: 1, max: 5 }), (wholes, reals, make, capacity) => {
        const schema = { whole: int32(wholes as number), real: float32(reals as number), last: int32() };
        const storage = new TransitionStorage({ capacity, fields: schema });
        const valuesOf = (id: number, length: number) =>
          Array.from({ length }, (_, index) => 1000 * id + index - 500);
        for (let id = 0; id < 8; id++) {
          storage.add({ whole: make(valuesOf(id, wholes)), real: make(valuesOf(id, reals)), last: -id });
        }
        const ids = [7, storage.oldestId, 7];
        const out = {
          whole: new Int32Array(3 * wholes),
          real: new Float32Array(3 * reals),
          last: new Int32Array(3),
        };
        storage.gather(ids, out);
        expect([...out.whole]).toEqual(ids.flatMap((id) => valuesOf(id, wholes)));
        expect([...out.real]).toEqual(ids.flatMap((id) => valuesOf(id, reals)));
        expect([...out.last]).toEqual(ids.map((id) => -id));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test('integers that would be NaN as float32 come back to the bit', () => {
    const bits = [0x7fa00001, 0x7f800000, -1, -8388607, 0x7fffffff];
    const schema = { few: int32(5), many: int32(50) };
    const storage = new TransitionStorage({ capacity: 1, fields: schema });
    const many = Array.from({ length: 50 }, (_, index) => bits[index % 5]!);
    storage.add({ few: bits, many: Int32Array.from(many) });
    const out = { few: new Int32Array(5), many: new Int32Array(50) };
    storage.gather([0], out);
    expect([...out.few, ...out.many]).toEqual([...bits, ...many]);
  });

  test('keeps copies: writing to what was added changes nothing', () => {
    const storage = new TransitionStorage({ capacity: 1, fields });
    const state = [1, 2];
    storage.add({ item: 0, state });
    state[0] = 9;
    expect(contents(storage)).toEqual([{ id: 0, item: 0, state: [1, 2] }]);
  });

  test('the largest integers are exact, and zeros keep their signs', () => {
    const storage = new TransitionStorage({ capacity: 2, fields });
    storage.add({ item: 2 ** 31 - 1, state: [-0, 1e-45] });
    storage.add({ item: -(2 ** 31), state: [3.4028234663852886e38, 0.1] });
    expect(contents(storage)).toEqual([
      { id: 0, item: 2147483647, state: [-0, Math.fround(1e-45)] },
      { id: 1, item: -2147483648, state: [3.4028234663852886e38, Math.fround(0.1)] },
    ]);
  });
});

describe('bad input', () => {
  const bad: { name: string; transition: unknown; message: string }[] = [
    {
      name: 'missing field',
      transition: { item: 1 },
      message: 'state: expected an array of 2 numbers, got undefined',
    },
    {
      name: 'missing scalar',
      transition: { state: [1, 2] },
      message: 'item: expected a number, got undefined',
    },
    {
      name: 'null',
      transition: { item: 1, state: null },
      message: 'state: expected an array of 2 numbers, got null',
    },
    {
      name: 'short',
      transition: { item: 1, state: [1] },
      message: 'state: expected an array of 2 numbers, got length 1',
    },
    {
      name: 'too short an array of 32 bits',
      transition: { item: 1, state: Float32Array.of(1) },
      message: 'state: expected an array of 2 numbers, got length 1',
    },
    { name: 'long', transition: { item: 1, state: [1, 2, 3] }, message: 'got length 3' },
    {
      name: 'text',
      transition: { item: 1, state: '12' },
      message: 'state: expected an array of 2 numbers, got length 2',
    },
    {
      name: 'fraction',
      transition: { item: 1.5, state: [1, 2] },
      message: 'item: expected a 32-bit integer, got 1.5',
    },
    {
      name: 'too large',
      transition: { item: 2 ** 31, state: [1, 2] },
      message: 'item: expected a 32-bit integer',
    },
    {
      name: 'NaN',
      transition: { item: 1, state: [1, NaN] },
      message: 'state[1]: expected a number that is finite',
    },
    {
      name: 'infinite',
      transition: { item: 1, state: [-Infinity, 1] },
      message: 'state[0]: expected a number',
    },
    { name: 'infinite in 32 bits', transition: { item: 1, state: [1e39, 1] }, message: 'got 1e+39' },
    {
      name: 'a hole',
      transition: { item: 1, state: [1, undefined] },
      message: 'state[1]: expected a number',
    },
    { name: 'digits', transition: { item: 1, state: ['1', 2] }, message: 'state[0]: expected a number' },
  ];

  test.each(bad)('$name: is named, and leaves the buffer as it was', ({ transition, message }) => {
    const storage = new TransitionStorage({ capacity: 1, fields });
    storage.add({ item: 5, state: [6, 7] });
    expect(() => storage.add(transition as Parameters<typeof storage.add>[0])).toThrow(message);
    expect(contents(storage)).toEqual([{ id: 0, item: 5, state: [6, 7] }]);
  });

  test('a number that is not finite is found at every place of a Float32Array of every length', () => {
    for (let size = 2; size <= 9; size++) {
      const storage = new TransitionStorage({ capacity: 1, fields: { state: float32(size) } });
      const largest = new Float32Array(size).fill(-3.4028234663852886e38);
      storage.add({ state: largest });
      for (let index = 0; index < size; index++) {
        for (const value of [NaN, Infinity, -Infinity]) {
          const state = Float32Array.from({ length: size }, (_, place) => (place === index ? value : 1));
          expect(() => storage.add({ state })).toThrow(
            `state[${index}]: expected a number that is finite as float32, got ${value}`,
          );
        }
      }
      const out = { state: new Float32Array(size) };
      storage.gather([0], out);
      expect(out.state).toEqual(largest);
      expect(storage.added).toBe(1);
    }
  });

  test('an id that was overwritten, is still to come, or is none, is named before anything is written', () => {
    const storage = new TransitionStorage({ capacity: 2, fields });
    for (let item = 1; item <= 3; item++) storage.add({ item, state: [0, 0] });
    for (const id of [0, 3, -1, 1.5, NaN]) {
      const out = columns(2);
      expect(() => storage.gather([1, id], out)).toThrow(`ids[1]: expected 1 to 2, got ${id}`);
      expect([...out.item]).toEqual([0, 0]);
    }
  });

  test('columns of another batch size or schema are named', () => {
    const storage = new TransitionStorage({ capacity: 2, fields });
    storage.add({ item: 1, state: [0, 0] });
    expect(() => storage.gather([0], columns(2))).toThrow(
      'columns.item: expected Int32Array of 1, got Int32Array of 2',
    );
    const missing = { item: new Int32Array(1) } as ReturnType<typeof columns>;
    expect(() => storage.gather([0], missing)).toThrow(
      'columns.state: expected Float32Array of 2, got undefined',
    );
  });

  test('an impossible schema or capacity is named', () => {
    expect(() => new TransitionStorage({ capacity: 0, fields })).toThrow(
      'capacity: expected a positive integer, got 0',
    );
    expect(() => new TransitionStorage({ capacity: 1, fields: {} })).toThrow('fields: expected at least one');
    expect(
      () => new TransitionStorage({ capacity: 1, fields: { a: { dtype: 'float32', size: 0 } } }),
    ).toThrow('fields.a.size: expected a positive integer, got 0');
    expect(
      () => new TransitionStorage({ capacity: 1, fields: { a: { dtype: 'float64' as 'float32', size: 1 } } }),
    ).toThrow('fields.a.dtype: expected float32 or int32, got float64');
  });

  test('a buffer that fits into no memory says how large it would be, and what the engine says', () => {
    const make = () => new TransitionStorage({ capacity: 2 ** 40, fields: { state: float32(256) } });
    expect(make).toThrow(
      'capacity: expected a buffer that fits into memory, but 1099511627776 transitions of 1024 bytes need 1048576.0 GiB',
    );
    expect(make).toThrow(expect.objectContaining({ cause: expect.anything() }));
  });
});
