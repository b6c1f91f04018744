import { describe, expect, test } from '@jest/globals';
import { createEmbeddingTable, decodeIds, decodeNpy, encodeIds, encodeNpy } from '../../src/index.js';

/** A file as the format's specification has it: magic, version, length of the header, header, data. */
function file(header: string, data: ArrayBufferView, version = 1): Uint8Array {
  const start = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + header.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, header.length & 255, header.length >> 8]);
  for (let place = 0; place < header.length; place++) bytes[start + place] = header.charCodeAt(place);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + header.length);
  return bytes;
}

const headerOf = (type: string, shape: string) =>
  `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }\n`;
const numbers = Float32Array.of(1, -2, 0.5, 4, 5, 6);

test('what is written is, byte for byte, what numpy.save writes', () => {
  const bytes = encodeNpy(createEmbeddingTable(numbers, 2));
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }".padEnd(117) + '\n';
  expect(bytes.length).toBe(128 + 24);
  expect(Buffer.from(bytes).equals(Buffer.from(file(header, numbers)))).toBe(true);
});

describe('what is read', () => {
  test.each([1, 2])('float32 by version %p, from an odd address', (version) => {
    const bytes = file(headerOf('<f4', '(3, 2)'), numbers, version);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(decodeNpy(shifted.subarray(1))).toEqual({ rows: 3, size: 2, vectors: numbers });
  });

  test('float64, rounded', () => {
    const bytes = file(headerOf('<f8', '(1, 2)'), Float64Array.of(0.1, 1e-60));
    expect([...decodeNpy(bytes).vectors]).toEqual([Math.fround(0.1), 0]);
  });

  test('one dimension is a table of size 1', () => {
    expect(decodeNpy(file(headerOf('<f4', '(6,)'), numbers))).toEqual({ rows: 6, size: 1, vectors: numbers });
  });

  test('ids of int64 and int32', () => {
    const large = BigInt64Array.of(3n, -1n, 9007199254740993n);
    expect(decodeIds(file(headerOf('<i8', '(3,)'), large))).toEqual(['3', '-1', '9007199254740993']);
    expect(decodeIds(file(headerOf('<i4', '(2,)'), Int32Array.of(7, 5)))).toEqual(['7', '5']);
  });

  test('a copy: the file may change', () => {
    const bytes = file(headerOf('<f4', '(3, 2)'), numbers);
    const { vectors } = decodeNpy(bytes);
    bytes.fill(0);
    expect(vectors).toEqual(numbers);
  });
});

describe('what is refused', () => {
  const good = headerOf('<f4', '(3, 2)');
  test.each<[string, Uint8Array, string]>([
    ['other files', Uint8Array.of(1, 2, 3), 'expected an NPY file'],
    ['version 3', file(good, numbers, 3), 'expected version 1.0 or 2.0 of NPY, got 3.0'],
    ['big ends', file(headerOf('>f4', '(3, 2)'), numbers), 'expected numbers of type <f4 or <f8, got >f4'],
    ['integers', file(headerOf('<i8', '(3,)'), numbers), 'expected numbers of type <f4 or <f8, got <i8'],
    ['Fortran order', file(good.replace('False', 'True'), numbers), 'expected C order'],
    [
      'three dimensions',
      file(headerOf('<f4', '(3, 2, 1)'), numbers),
      'expected a shape (rows,) or (rows, size)',
    ],
    ['no dimensions', file(headerOf('<f4', '()'), numbers.subarray(0, 1)), 'expected a shape'],
    [
      'too few bytes',
      file(good, numbers.subarray(1)),
      'expected 24 after the header for <f4 of shape (3, 2), got 20',
    ],
    ['too many bytes', file(headerOf('<f4', '(2, 2)'), numbers), 'expected 16 after the header'],
    ['a broken header', file('{}\n', numbers), 'expected a header with descr'],
    [
      'numbers beyond float32',
      file(headerOf('<f8', '(3,)'), Float64Array.of(0, 0, 1e39)),
      'got Infinity in row 2',
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => decodeNpy(bytes)).toThrow(RangeError);
    expect(() => decodeNpy(bytes)).toThrow(message);
  });

  test('ids that are no ids', () => {
    expect(() => decodeIds(file(good, numbers))).toThrow('expected numbers of type <i8 or <i4, got <f4');
    expect(() => decodeIds(file(headerOf('<i4', '(2, 1)'), Int32Array.of(7, 5)))).toThrow(
      'shape (rows,), got (2, 1)',
    );
    expect(() => decodeIds(new TextEncoder().encode('a\n\nb\n'))).toThrow(
      'line 2: expected an id, got an empty line',
    );
    expect(() => decodeIds(Uint8Array.of(0x61, 0xff))).toThrow(/: expected text in UTF-8, got other bytes$/);
    expect(() => encodeIds(['a', 'b\nc'])).toThrow('ids[1]: expected text in one line, got "b\\nc"');
    expect(() => encodeIds([''])).toThrow('ids[0]');
  });
});

test('a list of ids may have Windows line ends, spaces, and no last line end', () => {
  expect(decodeIds(new TextEncoder().encode('a b\r\nü'))).toEqual(['a b', 'ü']);
  expect(decodeIds(encodeIds([]))).toEqual([]);
});
