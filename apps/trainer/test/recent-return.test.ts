import { expect, test } from '@jest/globals';
import { RecentReturn } from '../src/run/recent-return.js';

test('tells the mean of the last hundred returns, once there are as many', () => {
  const recent = new RecentReturn();
  for (let at = 1; at < 100; at++) recent.add({ return: at });
  expect(recent.mean()).toBeNull();
  recent.add({ return: 100 });
  expect(recent.mean()).toBe(50.5);
  recent.add({ return: 201 }); // 1 goes
  expect(recent.mean()).toBe(52.5);
});
