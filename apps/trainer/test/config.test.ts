import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { gatherOptions } from '../src/options/gather.js';
import { parseTrainOptions } from '../src/options/parse.js';
import { presets } from '../src/options/presets.js';
import { runCli, shopOptions, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('options come from', () => {
  const config = file(
    'run.yaml',
    'dataset: synthetic\nbatch-size: 32 # as the flag is spelled\ngamma: 0.5\npreset: quick\n',
  );

  test('flags before the file, the file before the preset, the preset before defaults', async () => {
    expect(await gatherOptions({ config, gamma: 0.1 })).toEqual({
      ...{ dataset: 'synthetic', batchSize: 32, gamma: 0.1 },
      steps: 6144, // a tenth of the gated variant's
    });
    expect(await gatherOptions({ config, steps: 5 })).toMatchObject({ steps: 5, gamma: 0.5 });
    const parsed = parseTrainOptions(await gatherOptions({ config }));
    expect(parsed).toMatchObject({ scenario: 'synthetic', batchSize: 32, seed: 1, historySize: 10 });
  });

  test('the options of a run, which make it again', async () => {
    const saved = parseTrainOptions({ dataset: 'synthetic', seed: 3, variant: 'paper' });
    const again = file('options.json', JSON.stringify(saved));
    expect(parseTrainOptions(await gatherOptions({ config: again }))).toEqual(saved);
    expect(parseTrainOptions(await gatherOptions({ config: again, seed: 4 }))).toEqual({ ...saved, seed: 4 });
  });

  test('a preset, which may choose the variant; nothing is lost where the flag says otherwise', async () => {
    expect(await gatherOptions({ dataset: 'ml-100k', preset: 'next-item' })).toEqual({
      ...{ dataset: 'ml-100k', variant: 'gated', goal: 'next-item', sequenceBlock: 'sasrec' },
    });
    expect(
      await gatherOptions({ dataset: 'ml-100k', preset: 'next-item', sequenceBlock: 'gru4rec' }),
    ).toMatchObject({
      sequenceBlock: 'gru4rec',
    });
    for (const [preset, { about }] of Object.entries(presets)) {
      expect(about).not.toBe('');
      expect(parseTrainOptions(await gatherOptions({ dataset: 'synthetic', preset }))).toBeDefined();
    }
  });

  test('an environment in the place of the log of a file', async () => {
    expect(await gatherOptions({ config, env: './shop.js', preset: 'quick' })).not.toHaveProperty('dataset');
  });
});

describe('is refused with its file:', () => {
  test.each([
    ['stepz.json', '{"stepz": 3}', 'expected options of train, got stepz'],
    ['step.json', '{"step": 3}', 'expected options of train, got step; did you mean steps?'],
    ['list.json', '[1]', 'expected options by their names, got [1]'],
    [
      'broken.json',
      '{"seed": ',
      'expected JSON, or YAML in a file that ends in .yaml; Unexpected end of JSON input',
    ],
    ['broken.yml', 'a: [1\nb: 2', 'expected JSON, or YAML in a file that ends in .yaml; '],
    ['twice.yaml', 'batch-size: 1\nbatchSize: 2', 'expected batchSize once, got it spelled in two ways'],
    ['proto.json', '{"__proto__": {"seed": 7}}', 'expected options of train, got __proto__'],
  ])('%s', async (name, text, message) => {
    const config = file(name, text);
    await expect(gatherOptions({ config })).rejects.toThrow(`${config}: ${message}`);
  });

  test('a file that is not there, and a preset that is none', async () => {
    await expect(gatherOptions({ config: 'nowhere.json' })).rejects.toThrow(
      '--config: could not read nowhere.json',
    );
    await expect(gatherOptions({ preset: 'toString' })).rejects.toThrow(
      '--preset: expected quick, paper or next-item, got "toString"',
    );
  });

  test('a value that is none, and an option that would have no effect', async () => {
    const wrong = await gatherOptions({ config: file('wrong.yaml', 'steps: many') });
    expect(() => parseTrainOptions(wrong)).toThrow('--steps: ');
    const idle = await gatherOptions({ config: file('idle.yaml', 'ratings: a.csv') });
    expect(() => parseTrainOptions(idle)).toThrow('--ratings: expected with --dataset csv only');
  });
});

test('runs are compared by what differs and what they came to', async () => {
  const shop = join(folder, 'shop');
  mkdirSync(shop);
  writeShop(shop);
  await Promise.all([
    runCli(shop, 'train', ...shopOptions, '--name', 'a', '--quiet'),
    runCli(shop, 'train', ...shopOptions, '--name', 'b', '--seed', '2', '--gamma', '0.5', '--quiet'),
  ]);
  const { stdout, code } = await runCli(shop, 'compare', 'runs/a', 'runs/b');
  expect(code).toBe(0);
  expect(stdout).toMatch(/│ seed +│ 1 +│ 2 +│/);
  expect(stdout).toMatch(/│ gamma +│ 0\.9 +│ 0\.5 +│/);
  expect(stdout).not.toMatch(/│ steps/);
  expect(stdout).toMatch(/│ NDCG@10, whole catalogue +│ 0\.\d{4}( \*)? +│ 0\.\d{4}( \*)? +│/);
  expect(stdout).toContain('seeds differ, which alone moves figures');
  const { stdout: json } = await runCli(shop, 'compare', 'runs/a', 'runs/b', '--json');
  expect((JSON.parse(json) as { differing: string[] }).differing.sort()).toEqual(['gamma', 'seed']);
  expect(await runCli(shop, 'compare', 'runs/a')).toMatchObject({
    ...{ code: 1, stderr: 'error: compare: expected two runs or more, got one\n' },
  });
}, 240_000);
