import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli, temporaryFolder } from './shop.js';

const ITEMS = 100_000;

const environmentPackage = JSON.stringify(
  new URL('../../../packages/environment/dist/index.js', import.meta.url).href,
);

/** A module as a user would write it: everything may be shown at any time, and items of low index earn more. */
function writeCatalogue(folder: string): void {
  writeFileSync(
    join(folder, 'catalogue.mjs'),
    `import { discrete, ItemHistory, recommendationSpace, timeLimit } from ${environmentPackage};
const itemCount = ${ITEMS}, userCount = 3, historySize = 5;
export default () => {
  let seed = 1, history;
  const everything = Int32Array.from({ length: itemCount }, (_, item) => item);
  const see = () => ({ user: seed % userCount, ...history.observe(), candidates: everything.slice() });
  return timeLimit({
    observationSpace: recommendationSpace({ userCount, itemCount, historySize }),
    actionSpace: discrete(itemCount),
    reset(options = {}) {
      seed = options.seed ?? seed + 1;
      history = new ItemHistory(historySize);
      return { observation: see(), info: {} };
    },
    step(item) {
      const reward = 1 - (2 * item) / itemCount;
      history.push(item, reward);
      return { observation: see(), reward, terminated: false, truncated: false, info: {} };
    },
  }, 5);
};`,
  );
}

test('an environment of 100,000 items is learned, and asked', async () => {
  const folder = temporaryFolder();
  writeCatalogue(folder);
  const options = ['--steps', '80', '--batch-size', '8', '--sessions', '2', '--name', 'large'];
  const { code, stdout, stderr } = await runCli(folder, 'train', '--env', 'catalogue.mjs', ...options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') });
  expect(stdout).toMatch(/│ random actions .*\n(.*\n)*?│ residual /);
  const asked = await runCli(folder, 'recommend', '--run', 'runs/large', '--user', '1', '-k', '3');
  expect(asked.code).toBe(0);
}, 300_000);
