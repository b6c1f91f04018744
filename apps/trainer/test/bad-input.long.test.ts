import { join } from 'node:path';
import { beforeAll, describe, expect } from '@jest/globals';
import { testBadInput } from './bad-input.suite.js';
import { runCli, shopOptions, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
writeShop(folder);
const run = join('runs', 'csv-seed-1');

beforeAll(async () => {
  expect(await runCli(folder, 'train', ...shopOptions)).toMatchObject({ code: 0 });
}, 120_000);

// A process each; three more are among the quick tests.
describe('bad input ends in one line that says what is wrong', () => {
  testBadInput(folder, [
    ['--steps: Too small: expected number to be >0, got 0', ['train', '--steps', '0']],
    ['--seed: Invalid input: expected number, received string, got "abc"', ['train', '--seed', 'abc']],
    ['--seed: Invalid input: expected number, received string, got ""', ['train', '--seed', '']],
    ['of different names such as view=1', ['train', '--weights', 'view']],
    ['--ratings: expected with --dataset csv', ['train', '--dataset', 'csv']],
    [
      '--trainable-embeddings: expected with the residual variant only',
      ['train', '--variant', 'paper', '--trainable-embeddings'],
    ],
    ['--name: expected letters', ['train', '--name', '../up']],
    [`there is a run ${run}`, ['train', ...shopOptions, '--name', 'csv-seed-1']],
    ['none.csv', ['train', ...shopOptions, '--ratings', 'none.csv']],
    [
      '--runs: expected where a run can be written, got broken.csv: ',
      ['train', ...shopOptions, '--runs', 'broken.csv'],
    ],
    [
      '--history: nothing is left to recommend, all 40 items are rated',
      [
        'recommend',
        '--run',
        run,
        '--history',
        Array.from({ length: 40 }, (_, item) => `p-${item}`).join(','),
      ],
    ],
    [
      "argument '0' is invalid. Expected a positive integer",
      ['recommend', '--run', run, '--user', 'c-1', '-k', '0'],
    ],
    ["unknown command 'trian' (Did you mean train?)", ['trian']],
  ]);
});
