import { expect, test } from '@jest/globals';
import { ByteIds } from '../src/byte-ids.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const add = (ids: ByteIds, text: string) => ids.add(bytes(text), 0, bytes(text).length);

test('each text has the index of its first time, whether it is a number or looks like one', () => {
  const odd = [
    '0',
    '00',
    '007',
    '7',
    '-7',
    '+7',
    '7.0',
    '7 ',
    '',
    '½',
    '16777215',
    '16777216',
    '99999999',
    '1e3',
  ];
  // 20,011 and 14 have no divisor in common: each number meets each kind.
  const texts = Array.from({ length: 60_000 }, (_, place) => {
    const number = (place * 7919) % 20_011;
    return [odd[place % odd.length]!, String(number), `0${number}`, `u${number}`][(place * 31) % 4]!;
  });
  const ids = new ByteIds();
  const expected = new Map<string, number>();
  for (const text of texts) if (!expected.has(text)) expected.set(text, expected.size);
  expect(texts.map((text) => add(ids, text))).toEqual(texts.map((text) => expected.get(text)));
  expect(ids.texts()).toEqual([...expected.keys()]);
});

test('a number is the id that its text is, and none where the table ends', () => {
  const ids = new ByteIds();
  expect(add(ids, '12')).toBe(0);
  expect(ids.addNumber(7)).toBe(1);
  expect(ids.addNumber(12)).toBe(0);
  expect(add(ids, '7')).toBe(1);
  for (const number of [-1, 1.5, 2 ** 24, NaN]) expect(ids.addNumber(number)).toBe(-1);
  expect(ids.addNumber(2 ** 24 - 1)).toBe(2);
  expect(ids.texts()).toEqual(['12', '7', '16777215']);
});
