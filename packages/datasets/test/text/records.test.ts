import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Records, type RecordFormat } from '../../src/text/records.js';

function piecesOf(bytes: Buffer, cuts: readonly number[]): AsyncIterable<Uint8Array> {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  // Of their own bytes, because quotes are unescaped in place.
  return Readable.from(places.map((end, index) => Buffer.from(bytes.subarray(places[index - 1] ?? 0, end))));
}

async function read(text: string, format: RecordFormat, cuts: readonly number[] = []): Promise<string[][]> {
  const records = new Records(format);
  const rows: string[][] = [];
  await records.read(piecesOf(Buffer.from(text), cuts), () => {
    rows.push([`${records.line}`, ...records.texts(), ...(records.problem ? [records.problem.reason] : [])]);
  });
  return rows;
}

const field = fc.string({
  maxLength: 4,
  unit: fc.constantFrom('a', 'ü', '☃', ':', ',', '"', ' ', '\n', '\r'),
});
const delimiter = fc.constantFrom(',', '::', ':,:', 'ü');
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('any text', () => {
  test('is cut into the same records wherever its pieces end', async () => {
    const text = fc.string({ maxLength: 40, unit: fc.constantFrom('a', 'ü', ':', ',', '"', '\n', '\r') });
    await fc.assert(
      fc.asyncProperty(
        text,
        delimiter,
        fc.boolean(),
        fc.array(fc.nat()),
        async (given, mark, quotes, cuts) => {
          const format = { delimiter: mark, quotes };
          expect(await read(given, format, cuts)).toEqual(await read(given, format));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('that was quoted comes back whole, and its first record too', async () => {
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rows, delimiter, fc.array(fc.nat()), async (fields, mark, cuts) => {
        const text = fields.map((row) => row.map(quoted).join(mark)).join('\n');
        const format = { delimiter: mark, quotes: true };
        expect((await read(text, format, cuts)).map(([, ...row]) => row)).toEqual(fields);
        expect(new Records(format).first(Buffer.from(`\ufeff\r\n${text}`))).toEqual(fields[0]);
      }),
      { numRuns: 500 },
    );
  });
});

test.each(['', '\n\n', '"never closed'])('there is no first record in %j', (text) => {
  expect(new Records({ delimiter: ',', quotes: true }).first(Buffer.from(text))).toEqual([]);
});
