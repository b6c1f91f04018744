import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createRecommender, saveRecommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import {
  loadModels,
  loadVersion,
  pointerFile,
  promote,
  readPointer,
  rollback,
  saveVersion,
  tryCanary,
  versionsOf,
} from '../src/folder.js';
import type { LearnableParts } from '../src/learning/learn-policy.js';
import { temporaryFolder, toyRecommender } from './toy.js';

const recommender = toyRecommender();
let run: string;
beforeEach(async () => {
  run = temporaryFolder();
  await saveRecommender(recommender, folderStorage(run));
});

test('a run serves as it was trained until a version of it is promoted, and can go back', async () => {
  expect(await versionsOf(run)).toEqual([0]);
  expect(await readPointer(run)).toEqual({ serving: 0, earlier: [] });
  await expect(promote(run)).rejects.toThrow('expected another than 0, which serves already');
  await expect(rollback(run)).rejects.toThrow('expected a version that served before 0');
  const next = toyRecommender(2);
  expect([await saveVersion(run, next), await saveVersion(run, next)]).toEqual([1, 2]);
  expect(await versionsOf(run)).toEqual([0, 1, 2]);
  expect(await promote(run)).toEqual({ serving: 2, earlier: [0] });
  expect(await promote(run, 1)).toEqual({ serving: 1, earlier: [0, 2] });
  await expect(promote(run, 7)).rejects.toThrow('--version: expected one of 0, 1, 2, got 7');
  expect(await rollback(run)).toEqual({ serving: 2, earlier: [0] });
  expect(await rollback(run)).toEqual({ serving: 0, earlier: [] });
  const loaded = await loadVersion(run, 2);
  expect(loaded.recommend('user-3', { k: 5 })).toEqual(next.recommend('user-3', { k: 5 }));
});

describe('a canary', () => {
  test('is tried beside what serves until it is promoted or the trial ends', async () => {
    await saveVersion(run, toyRecommender(2));
    await saveVersion(run, toyRecommender(3));
    await tryCanary(run, { version: 1, share: 0.2 });
    const models = await loadModels(run, await readPointer(run));
    expect([models.serving.version, models.canary?.version, models.canary?.share]).toEqual(['0', '1', 0.2]);
    expect(await promote(run)).toEqual({ serving: 1, earlier: [0] });
    const next = await loadModels(run, await readPointer(run), models);
    expect(next.serving.recommender).toBe(models.canary!.recommender); // not loaded again
    await expect(tryCanary(run, { version: 1, share: 0.2 })).rejects.toThrow(
      '--version: expected one of 0, 2, got 1',
    );
    await expect(tryCanary(run, { version: 2, share: 0 })).rejects.toThrow(
      'canary.share: expected a share above 0',
    );
    await tryCanary(run, { version: 2, share: 0.5 });
    expect(await rollback(run)).toMatchObject({ serving: 0, canary: { version: 2 } });
    expect(await tryCanary(run, undefined)).toEqual({ serving: 0, earlier: [] });
  });
});

test('what is damaged is named', async () => {
  await expect(loadVersion(run, 3)).rejects.toThrow(
    /models\/3: expected version 3 of the run, but there is none/,
  );
  await expect(loadVersion(join(run, 'none'), 0)).rejects.toThrow('none: expected the folder of a run');
  const file = join(run, 'recommender.bin');
  const bytes = readFileSync(file);
  bytes[bytes.length - 9]! ^= 1;
  writeFileSync(file, bytes);
  await expect(loadVersion(run, 0)).rejects.toThrow(
    `${run}: recommender.bin: bytes: the saved value is damaged`,
  );
  await saveVersion(run, recommender);
  for (const text of ['{', '{"serving": -1, "earlier": []}', '{"serving": 0}']) {
    writeFileSync(pointerFile(run), text);
    await expect(readPointer(run)).rejects.toThrow('current.json: ');
  }
});

test('what answers as no recommender should is refused', async () => {
  const parts = recommender.parts as LearnableParts;
  const { users, items } = parts.tables;
  const tables = {
    users: { ...users, vectors: users.vectors.map(() => 1e3) },
    items: { ...items, vectors: items.vectors.map(() => 1e38) }, // finite, and their products are not
  };
  const agent = { policy: () => parts.policy, savedPolicy: () => parts.savedPolicy };
  await saveRecommender(createRecommender({ ...parts, agent, tables }), folderStorage(run));
  await expect(loadVersion(run, 0)).rejects.toThrow(
    `${run}: expected a recommender that does what it should, but there was score Infinity`,
  );
});

test('a version that was half written is none', async () => {
  await saveVersion(run, recommender);
  const folder = join(run, 'models', '1');
  writeFileSync(join(folder, '.recommender.bin.tmp'), '');
  expect(readdirSync(folder)).toHaveLength(2);
  expect(existsSync(join(run, 'models', '2'))).toBe(false);
  const { rmSync } = await import('node:fs');
  rmSync(join(folder, 'recommender.bin'));
  expect(await versionsOf(run)).toEqual([0]);
  expect(await saveVersion(run, recommender)).toBe(2);
});
