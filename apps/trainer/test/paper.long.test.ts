import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli, shopOptions, temporaryFolder, writeShop } from './shop.js';

test('trains by TD3 too, and learns otherwise then', async () => {
  const folder = temporaryFolder();
  writeShop(folder);
  for (const algorithm of ['ddpg', 'td3']) {
    const { code } = await runCli(
      folder,
      'train',
      ...shopOptions,
      '--name',
      algorithm,
      '--algorithm',
      algorithm,
    );
    expect(code).toBe(0);
  }
  const [one, other] = ['ddpg', 'td3'].map((name) =>
    readFileSync(join(folder, 'runs', name, 'recommender.bin')),
  );
  expect(other!.equals(one!)).toBe(false);
}, 120_000);
