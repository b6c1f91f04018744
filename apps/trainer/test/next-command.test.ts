import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { nextCommand } from '../src/terminal/next-command.js';

const options = ['--run', 'runs/csv-seed-1', '--user', 'c-0'];
const inProject = { npm_command: 'run', npm_package_name: 'rl-recsys', npm_lifecycle_event: 'train' };
const here = (file: string) => join(process.cwd(), file);

test.each([
  ['npm run recommend --', 'npm run of the repository', inProject, here('apps/trainer/dist/cli.js')],
  [
    'npm run recommend --',
    'npm run of npm 10',
    { ...inProject, npm_command: 'run-script' },
    here('apps/trainer/dist/cli.js'),
  ],
  [
    'npx rl-recsys recommend',
    'a script of another project',
    { ...inProject, npm_package_name: 'my-shop' },
    here('node_modules/.bin/rl-recsys'),
  ],
  ['npx rl-recsys recommend', 'npx', { npm_command: 'exec' }, here('node_modules/.bin/rl-recsys')],
  [
    'npx @rl-recsys/trainer recommend',
    'npx of what is not installed',
    { npm_command: 'exec' },
    '/home/me/.npm/_npx/1a2b/node_modules/.bin/rl-recsys',
  ],
  ['rl-recsys recommend', 'its name', {}, '/usr/local/bin/rl-recsys'],
  ['node apps/trainer/dist/cli.js recommend', 'its file', {}, here('apps/trainer/dist/cli.js')],
  ["node '/my apps/cli.js' recommend", 'a file elsewhere', {}, '/my apps/cli.js'],
])('%s, where it was started by %s', (expected, _, environment, script) => {
  const command = nextCommand('recommend', options, { environment, script });
  expect(command).toBe(`${expected} --run runs/csv-seed-1 --user c-0`);
});

test('what a shell would take apart is quoted', () => {
  const started = { environment: {}, script: '/bin/rl-recsys' };
  expect(nextCommand('recommend', ['--user', "O'Neil & co"], started)).toBe(
    "rl-recsys recommend --user 'O'\\''Neil & co'",
  );
});
