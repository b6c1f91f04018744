import { expect, test } from '@jest/globals';
import { laterMoments } from '../../src/gated/moments.js';

test('several moments for one: from its start, in equal steps, none twice', () => {
  const moments = {
    users: Int32Array.of(3, 5),
    starts: Int32Array.of(10, 40),
    ends: Int32Array.of(20, 42),
  };
  expect(laterMoments(moments, 4)).toEqual({
    users: Int32Array.of(3, 3, 3, 3, 5, 5),
    starts: Int32Array.of(10, 12, 15, 17, 40, 41),
    ends: Int32Array.of(20, 20, 20, 20, 42, 42),
  });
});
