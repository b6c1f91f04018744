import { decode, encode } from '@msgpack/msgpack';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, jest, test } from '@jest/globals';
import type { SavedState } from '@rl-recsys/random';
import fc from 'fast-check';
import { decodeSaved, encodeSaved } from '../src/index.js';

const ALL: SavedState = {
  nothing: null,
  yes: true,
  no: false,
  numbers: [0, -0, 1.5, -1, 2 ** 53 - 1, -(2 ** 53), NaN, Infinity, -Infinity, 5e-324],
  texts: ['', 'ü', '🙂', '\0', 'constructor'],
  empty: [[], {}, ''],
  int8: Int8Array.of(-128, 127),
  uint8: Uint8Array.of(0, 255),
  int16: Int16Array.of(-32768, 32767),
  uint16: Uint16Array.of(65535),
  int32: Int32Array.of(-(2 ** 31), 2 ** 31 - 1),
  uint32: Uint32Array.of(2 ** 32 - 1),
  float32: Float32Array.of(1 / 3, -0, NaN, Infinity),
  float64: Float64Array.of(1 / 3, -0, NaN, 5e-324),
  none: new Float64Array(0),
  deep: { er: { layers: [{ kernel: Float32Array.of(1), shape: [1] }] } },
};

test('everything comes back, of the same kind', () => {
  expect(decodeSaved(encodeSaved(ALL))).toStrictEqual(ALL);
});

test('any value comes back, and gives the same bytes again', () => {
  const array = fc.oneof(
    fc.uint8Array(),
    fc.int8Array(),
    fc.uint16Array(),
    fc.int16Array(),
    fc.uint32Array(),
    fc.int32Array(),
    fc.float32Array(),
    fc.float64Array(),
  );
  const text = fc.string({ unit: 'binary' });
  const { value } = fc.letrec<{ value: SavedState }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, false),
      fc.double(),
      fc.integer(),
      text,
      array,
      fc.array(tie('value')),
      fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        tie('value'),
        { noNullPrototype: true },
      ),
    ),
  }));
  fc.assert(
    fc.property(value, (state) => {
      const bytes = encodeSaved(state);
      const back = decodeSaved(bytes);
      expect(back).toStrictEqual(state);
      expect(encodeSaved(back)).toEqual(bytes);
    }),
  );
});

test('a part of a buffer is saved as that part, and comes back in memory of its own', () => {
  const whole = Float32Array.of(1, 2, 3, 4);
  const bytes = encodeSaved({ odd: 'x', part: whole.subarray(1, 3) });
  const { part } = decodeSaved(bytes) as { part: Float32Array };
  expect(part).toEqual(Float32Array.of(2, 3));
  bytes.fill(0);
  expect(part).toEqual(Float32Array.of(2, 3));
  expect(part.buffer.byteLength).toBe(8);
});

test('bytes that begin anywhere in a buffer are read', () => {
  const bytes = encodeSaved(ALL);
  for (const shift of [1, 2, 3, 7]) {
    const shifted = new Uint8Array(bytes.length + shift);
    shifted.set(bytes, shift);
    expect(decodeSaved(shifted.subarray(shift))).toStrictEqual(ALL);
  }
});

test('arrays are written little-endian', () => {
  const bytes = [...encodeSaved(Uint32Array.of(0x01020304))];
  const at = bytes.findIndex((_, index) => bytes.slice(index, index + 4).join() === '4,3,2,1');
  expect(at).toBeGreaterThan(0);
});

describe('refuses to save', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const proto = JSON.parse('{"a":{"__proto__":1}}') as unknown;
  test.each<[string, unknown, string]>([
    [
      'undefined',
      undefined,
      'value: expected JSON values and typed arrays of at most 32-bit integers or floats, got undefined',
    ],
    ['undefined in an object', { a: { b: undefined } }, 'value.a.b: expected JSON values'],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole', { a: [1, , 2] }, 'value.a[1]: expected JSON values'],
    [
      'a function',
      { act: () => 1 },
      'value.act: expected JSON values and typed arrays of at most 32-bit integers or floats, got function',
    ],
    ['a bigint', [1n], 'got bigint'],
    ['a symbol', [Symbol('a')], 'got symbol'],
    [
      'a date',
      { at: new Date(0) },
      'value.at: expected JSON values and typed arrays of at most 32-bit integers or floats, got Date',
    ],
    ['a map', new Map(), 'got Map'],
    ['an instance', new (class Agent {})(), 'got Agent'],
    ['64-bit integers', BigInt64Array.of(1n), 'got BigInt64Array'],
    ['a view of bytes', new DataView(new ArrayBuffer(1)), 'got DataView'],
    ['a buffer', new ArrayBuffer(1), 'got ArrayBuffer'],
    ['a cycle', cyclic, 'expected at most 64 levels, got more: is it cyclic?'],
    ['the key __proto__', proto, 'value.a: expected no key __proto__, got one'],
    ['half a letter', { a: 'x\ud800' }, 'value.a: expected text in Unicode, got a lone surrogate'],
    ['half a letter in a key', { '\udfff': 1 }, 'a key of value: expected text in Unicode'],
  ])('%s', (_, value, message) => {
    expect(() => encodeSaved(value as SavedState)).toThrow(message);
  });
});

describe('refuses to read', () => {
  const messageOf = (call: () => unknown) => {
    try {
      call();
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('bytes of which any one has changed, to any other', () => {
    const bytes = encodeSaved({ step: 3, weights: Float32Array.of(0.5, -1) });
    for (let place = 0; place < bytes.length; place++) {
      const right = bytes[place]!;
      for (let wrong = 0; wrong < 256; wrong++) {
        if (wrong === right) continue;
        bytes[place] = wrong;
        const message = messageOf(() => decodeSaved(bytes));
        if (/^bytes: (expected|the saved value is damaged)/.test(message)) continue;
        throw new Error(`byte ${place}: ${right} was changed to ${wrong}, and decodeSaved said: ${message}`);
      }
      bytes[place] = right;
    }
    expect(decodeSaved(bytes)).toBeDefined();
  });

  test('bytes that are cut short or go on', () => {
    const bytes = encodeSaved(ALL);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSaved(bytes.subarray(0, length))).toThrow(/^bytes: expected a saved value/);
    }
    expect(() => decodeSaved(Uint8Array.from([...bytes, 0]))).toThrow('cut short or of another kind');
  });

  /** What somebody else might write, with a right checksum. */
  const sealed = (body: Uint8Array, changes: object = {}) =>
    encode({ format: '@rl-recsys/saved', version: 1, checksum: bytesToHex(sha256(body)), body, ...changes });

  test('another format or version, by its name', () => {
    const body = encode(1);
    expect(decodeSaved(sealed(body))).toBe(1);
    expect(() => decodeSaved(sealed(body, { format: '@rl-recsys/replay-buffer' }))).toThrow(
      'bytes: expected a saved value, got something else',
    );
    expect(() => decodeSaved(sealed(body, { version: 2 }))).toThrow(
      'expected version 1 of the format, got 2',
    );
    expect(() => decodeSaved(encode('text'))).toThrow('bytes: expected a saved value, got something else');
  });

  test.each<[string, Uint8Array]>([
    ['the key __proto__', Uint8Array.from([0x81, 0xa9, ...new TextEncoder().encode('__proto__'), 0x80])],
    ['a date', encode(new Date(0))],
    ['an unknown extension', Uint8Array.of(0xd4, 0x63, 0)],
    ['three bytes of floats', Uint8Array.of(0xc7, 3, 7, 1, 2, 3)],
    ['a thousand levels', Uint8Array.from([...new Uint8Array(1000).fill(0x91), 0xc0])],
    ['an array that is said to be huge', Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
  ])('%s that somebody sealed', (_, body) => {
    expect(() => decodeSaved(sealed(body))).toThrow();
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('the format is what it says: plain MessagePack around the body', () => {
    const file = decode(encodeSaved([1, 'a'])) as Record<string, unknown>;
    expect(Object.keys(file)).toEqual(['format', 'version', 'checksum', 'body']);
    expect(decode(file['body'] as Uint8Array)).toEqual([1, 'a']);
  });
});

test('bytes are the same with and without the hash that Node brings', () => {
  const value = { weights: Float32Array.of(1, 2, 3), name: 'x' };
  const bytes = encodeSaved(value);
  const node = jest.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
  try {
    expect(encodeSaved(value)).toEqual(bytes);
    expect(decodeSaved(bytes)).toEqual(value);
  } finally {
    expect(node).toHaveBeenCalled();
    node.mockRestore();
  }
});
