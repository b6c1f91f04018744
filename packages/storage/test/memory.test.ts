import { expect, test } from '@jest/globals';
import { checkRecordStorage, memoryStorage } from '../src/index.js';

test('keeps to the contract', async () => {
  expect(await checkRecordStorage(memoryStorage())).toEqual([]);
});

test('each has records of its own', async () => {
  const [one, other] = [memoryStorage(), memoryStorage()];
  await one.write('a.bin', Uint8Array.of(1));
  expect(await other.list()).toEqual([]);
});
