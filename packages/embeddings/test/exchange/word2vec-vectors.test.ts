import { describe, expect, test } from '@jest/globals';
import { createEmbeddingTable, decodeWord2Vec, encodeWord2Vec } from '../../src/index.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => decodeWord2Vec(bytesOf(text));

test('by hand, both ways', () => {
  const vectors = { ids: ['tt1', 'ü'], table: createEmbeddingTable(Float32Array.of(1, -0.5, 0.1, 1e-20), 2) };
  const text = '2 2\ntt1 1 -0.5\nü 0.100000001 9.99999968e-21\n';
  expect(new TextDecoder().decode(encodeWord2Vec(vectors))).toBe(text);
  expect(read(text)).toEqual(vectors);
});

test('spaces and Windows line ends at the end of lines, and no last line end, are taken', () => {
  const { ids, table } = read('2 3 \r\na 1 2 3 \r\nb +.5 5. 6E1 ');
  expect(ids).toEqual(['a', 'b']);
  expect([...table.vectors]).toEqual([1, 2, 3, 0.5, 5, 60]);
});

describe('what is refused, with its line', () => {
  test.each([
    ['', 'line 1: expected how many vectors and their size, got ""'],
    ['a 1 2\n', 'line 1: expected how many'],
    ['1 0\na\n', 'line 1: expected how many'],
    ['999999999 999999\na 1\n', 'line 1: expected as many vectors as there are lines'],
    ['2 2\na 1 2\nb 1\n', 'line 3: expected an id and 2 numbers, got 1 numbers'],
    ['1 2\na 1 2 3\n', 'line 2: expected an id and 2 numbers, got 3 numbers'],
    ['2 2\na 1 2\n\n', 'line 3: expected an id and 2 numbers, got 0 numbers'],
    ['1 2\na 1 0x1\n', 'line 2: expected a finite number, got "0x1"'],
    ['1 2\na  1\n', 'line 2: expected a finite number, got ""'],
    ['1 2\na 1 nan\n', 'line 2: expected a finite number, got "nan"'],
    ['1 2\na 1 1e39\n', 'line 2: expected a finite number, got "1e39"'],
    ['1 1\na 1\nb 2\n', 'line 3: expected the end after 1 vectors, got another'],
    ['2 1\na 1\n', 'line 3: expected 2 vectors, got 1'],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(RangeError);
    expect(() => read(text)).toThrow(message);
  });

  test('text that is no UTF-8', () => {
    expect(() => decodeWord2Vec(Uint8Array.of(...bytesOf('1 1\n'), 0xff, ...bytesOf(' 1\n')))).toThrow(
      /: expected text in UTF-8, got other bytes$/,
    );
  });

  test.each(['a b', '', 'a\n', 'a\tb', 'a\u00a0b'])('the id %j on export', (id) => {
    const table = createEmbeddingTable(Float32Array.of(1, 2), 1);
    expect(() => encodeWord2Vec({ ids: ['ok', id], table })).toThrow(
      new RangeError(`ids[1]: expected text without spaces, got ${JSON.stringify(id)}`),
    );
  });
});
