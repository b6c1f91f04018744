import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Recommender } from '@rl-recsys/recommender';
import type { Answer } from '../src/commands/recommendation-files.js';
import { outputTo } from '../src/commands/recommendation-files.js';
import { loadRunRecommender } from '../src/run/load-recommender.js';
import { runCli, shopColumns, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
writeShop(folder);
const ask = (...given: string[]) => runCli(folder, 'recommend', '--run', 'runs/shop', ...given);
const linesOf = (file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);

let recommender: Recommender;
beforeAll(async () => {
  const { code } = await runCli(folder, 'train', ...shopColumns, '--steps', '64', '--name', 'shop');
  expect(code).toBe(0);
  recommender = await loadRunRecommender(join(folder, 'runs/shop'));
}, 60_000);

describe('many users at once', () => {
  test('have in a file of lines what each is recommended alone', async () => {
    const { code, stdout } = await ask('--users', 'all', '--output', 'all.ndjson', '-k', '4');
    expect([code, stdout]).toEqual([0, 'Wrote all.ndjson: up to 4 items for each of 30 users.\n']);
    const answers = linesOf('all.ndjson');
    expect(answers.map(({ user }) => user)).toEqual(recommender.parts.users.ids);
    for (const { user, items } of answers) expect(items).toEqual(recommender.recommend(user, { k: 4 }));

    const { stdout: alone } = await ask('--user', 'c-7', '-k', '4');
    const printed = alone.split('Recommended:')[1]!.matchAll(/│ (p-\d+) +│ +(-?\d+\.\d+) │/g);
    const { items } = answers.find(({ user }) => user === 'c-7')!;
    expect(Array.from(printed, ([, item, score]) => [item, score])).toEqual(
      items.map(({ item, score }) => [item, score.toFixed(4)]),
    );
  }, 60_000);

  test('have the same in a file of columns', async () => {
    writeFileSync(join(folder, 'users.txt'), 'c-3\r\nc-1\n\n');
    expect((await ask('--users', 'users.txt', '--output', 'some.parquet', '-k', '3')).code).toBe(0);
    const bytes = readFileSync(join(folder, 'some.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    expect(await parquetReadObjects({ file })).toEqual(
      ['c-3', 'c-1'].flatMap((user) =>
        recommender
          .recommend(user, { k: 3 })
          .map(({ item, score }, place) => ({ user, rank: place + 1, item, score: Math.fround(score) })),
      ),
    );
  }, 60_000);

  test('may be unknown, which is said, and get what is popular', async () => {
    writeFileSync(join(folder, 'strangers.txt'), 'c-3\nbob');
    const { code, stderr } = await ask('--users', 'strangers.txt', '--output', 'strangers.ndjson', '-k', '2');
    expect(code).toBe(0);
    expect(stderr).toContain('1 of them are unknown to the run, such as bob: they get what is popular\n');
    const [, bob] = linesOf('strangers.ndjson');
    expect(bob).toEqual({ user: 'bob', items: recommender.recommend({ history: [] }, { k: 2 }) });
  }, 60_000);
});

test('somebody new is recommended to by their history, and nothing of it', async () => {
  const { code, stdout } = await ask('--history', 'p-2, p-4', '-k', '5');
  expect(code).toBe(0);
  const [liked, recommended] = stdout.split('Recommended:').map((part) => part.match(/p-\d+/g));
  expect(liked).toEqual(['p-4', 'p-2']);
  const expected = recommender.recommend({ history: ['p-2', 'p-4'] }, { k: 5 });
  expect(recommended).toEqual(expected.map(({ item }) => item));
}, 60_000);

test('the unknown item of a history is named', async () => {
  expect((await ask('--history', 'p-1,p-99,p-2')).stderr).toMatch(/, got p-99\n$/);
});

describe('a file is written whole or not at all', () => {
  const answer: Answer = { user: 'ann', items: [{ item: 'mug', score: 1 }] };

  test.each(['.ndjson', '.parquet'])('where its answers fail: %s', async (ending) => {
    const place = join(temporaryFolder(), 'out');
    mkdirSync(place);
    const file = join(place, `file${ending}`);
    const failing = (after: number) =>
      outputTo(file)(
        (async function* () {
          for (let count = 0; count < after; count++) yield answer;
          throw await Promise.resolve(new Error('out of memory'));
        })(),
      );
    await expect(failing(0)).rejects.toThrow('out of memory');
    await expect(failing(1000)).rejects.toThrow('out of memory');
    expect(readdirSync(place)).toEqual([]);
    writeFileSync(file, 'yesterday');
    await expect(failing(1000)).rejects.toThrow('out of memory');
    expect(readFileSync(file, 'utf8')).toBe('yesterday');
    expect(readdirSync(place)).toEqual([`file${ending}`]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'where %s ends it',
    async (signal, exitCode) => {
      const place = temporaryFolder();
      const module = new URL('../dist/commands/recommendation-files.js', import.meta.url).href;
      // Endless answers, the first of which have been written when it says so.
      const program = `
      import { readdirSync } from 'node:fs';
      import { outputTo } from ${JSON.stringify(module)};
      const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
      await outputTo('out.ndjson')((async function* () {
        for (;;) {
          yield ${JSON.stringify(answer)};
          if (readdirSync('.').length > 0) console.log('begun');
          await pause();
        }
      })());`;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: place });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      child.kill(signal);
      expect(await ended).toBe(exitCode);
      expect(readdirSync(place)).toEqual([]);
    },
    30_000,
  );
});
