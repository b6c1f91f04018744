import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IdMap } from '../src/index.js';

test('ids get the indices 0, 1, 2, … in the order in which they first come', () => {
  const map = new IdMap();
  expect(['b', 'a', 'b', 'c', 'a'].map((id) => map.add(id))).toEqual([0, 1, 0, 2, 1]);
  expect(map.ids).toEqual(['b', 'a', 'c']);
  expect(map.size).toBe(3);
});

test('an unknown id has no index and does not get one by being asked for', () => {
  const map = new IdMap(['a']);
  expect(map.indexOf('b')).toBeUndefined();
  expect(map.size).toBe(1);
});

test('a map made from the ids of another is the same map, whatever the ids look like', () => {
  const ids = fc.uniqueArray(
    fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '', '0', '00', ' ')),
  );
  fc.assert(
    fc.property(ids, (list) => {
      const map = new IdMap(list);
      const copy = new IdMap(map.ids);
      expect(copy.ids).toEqual(list);
      expect(list.map((id) => copy.indexOf(id))).toEqual([...list.keys()]);
      expect([...list.keys()].map((index) => copy.idOf(index))).toEqual(list);
    }),
    { seed: 1 },
  );
});

test('errors name what came', () => {
  expect(() => new IdMap(['a', 'b', 'a'])).toThrow('ids: expected each id once, got a twice');
  const map = new IdMap(['a', 'b']);
  for (const index of [2, -1, 0.5, NaN]) {
    expect(() => map.idOf(index)).toThrow(`index: expected 0 to 1, got ${index}`);
  }
});
