import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { options, writeEnvironment } from './line.js';
import { runCli, temporaryFolder } from './shop.js';

test('discrete actions are trained too, from wherever they start', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder);
  const module = readFileSync(join(folder, 'line.mjs'), 'utf8')
    .replace('import { box,', 'import { box, discrete,')
    .replace('actionSpace: box({ low: -1, high: 1, length: 1 })', 'actionSpace: discrete(3, 5)')
    .replace('place + action[0]', 'place + action - 6')
    .replace('steps += 1;', "steps += 1; if (action < 5 || action > 7) throw new Error('no such action');");
  writeFileSync(join(folder, 'line.mjs'), module);
  const { code } = await runCli(folder, ...options);
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'runs/line/episodes.jsonl'), 'utf8').trim().split('\n')).toHaveLength(55);
  expect(await runCli(folder, 'evaluate', '--run', 'runs/line')).toMatchObject({ code: 0 });
}, 60_000);

test('the variant that an environment is learned by in any case can be named, which changes nothing', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder);
  for (const more of [[], ['--variant', 'td3', '--name', 'named']])
    expect(await runCli(folder, ...options, ...more)).toMatchObject({ code: 0 });
  const [usual, named] = ['line', 'named'].map((run) => readFileSync(join(folder, 'runs', run, 'agent.bin')));
  expect(named!.equals(usual!)).toBe(true);
}, 60_000);
