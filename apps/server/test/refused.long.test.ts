import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe } from '@jest/globals';
import { serving, testRefused } from './refused.suite.js';
import { toyRun } from './toy-run.js';

let folder: string;
beforeAll(async () => {
  folder = await toyRun();
  mkdirSync(join(folder, 'empty'));
});

// A process each; two more are among the quick tests.
describe('what can’t be done ends in one sentence', () => {
  testRefused(
    () => folder,
    [
      ['--keys: expected a file of keys, which the command key makes; or --no-auth', ['--run', 'runs/toy']],
      ['--no-auth: expected with --host 127.0.0.1 alone, got 0.0.0.0', [...serving, '--host', '0.0.0.0']],
      ['could not read none.json, make it with', ['--run', 'runs/toy', '--keys', 'none.json']],
      [
        'expected runs/toy/recommender.bin to be as the command key',
        ['--run', 'runs/toy', '--keys', 'runs/toy/recommender.bin'],
      ],
      ['runs/none: expected the folder of a run, but there is none', ['--run', 'runs/none', '--no-auth']],
      ['empty: recommender.bin: expected a saved recommender', ['--run', 'empty', '--no-auth']],
      [
        "option '--temperature <number>' argument '-1' is invalid. Expected a number from 0",
        [...serving, '--temperature', '-1'],
      ],
      ["option '--port <number>' argument '70000' is invalid", [...serving, '--port', '70000']],
      [
        "option '--mode <mode>' argument 'off' is invalid. Allowed choices are online",
        [...serving, '--mode', 'off'],
      ],
      ["required option '--run <folder>' not specified", ['--no-auth']],
      [
        "argument 'x' is invalid. Expected some of recommend,feedback",
        ['key', '--keys', 'k', '--name', 'n', '--scopes', 'x'],
      ],
      ['--version: expected one of 0', ['promote', '--run', 'runs/toy', '--version', '9']],
      [
        '--feedback: expected the folder of a log, but there is no nowhere',
        ['forget', '--user', 'x', '--feedback', 'nowhere'],
      ],
      ['runs/none: expected the folder of a run that recommends items', ['status', '--run', 'runs/none']],
    ],
  );
});
