import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonLine, JsonLines } from '../src/index.js';

test('reads the same records however the text is cut', () => {
  const records = fc.array(fc.record({ step: fc.nat(), name: fc.string() }), { minLength: 1 });
  fc.assert(
    fc.property(records, fc.array(fc.nat()), (written, cuts) => {
      const text = written.map(jsonLine).join('');
      const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
      const lines = new JsonLines();
      const read = places.slice(1).flatMap((end, piece) => lines.push(text.slice(places[piece], end)));
      expect(read).toEqual(written);
    }),
  );
});

test('waits for the end of a line', () => {
  const lines = new JsonLines();
  expect(lines.push('{"step":1}\n{"st')).toEqual([{ step: 1 }]);
  expect(lines.push('ep":2}\n')).toEqual([{ step: 2 }]);
});

test('names a line that is no JSON', () => {
  const lines = new JsonLines();
  lines.push('{}\n');
  expect(() => lines.push('\n{"step":\n')).toThrow('line 3: expected JSON, got {"step":');
});

test('writes null for what JSON lacks', () => {
  expect(jsonLine({ loss: NaN, most: Infinity })).toBe('{"loss":null,"most":null}\n');
});
