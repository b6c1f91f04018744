import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import {
  createRecommender,
  loadRecommender,
  memoryStorage,
  saveRecommender,
  toTar,
  type RecommenderParts,
  type VectorParts,
} from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { cli, runCli, shopColumns, shopOptions, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
writeShop(folder);

/** Writes down every module that Node loads. */
const hooks = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
}`;
const register = `import { register } from 'node:module';
register(${JSON.stringify(pathToFileURL(join(folder, 'hooks.mjs')).href)});`;

/** What the command loads. */
function loadedBy(...args: string[]): string {
  writeFileSync(join(folder, 'hooks.mjs'), hooks);
  writeFileSync(join(folder, 'register.mjs'), register);
  const loaded = join(folder, 'loaded.txt');
  writeFileSync(loaded, '');
  const register_ = pathToFileURL(join(folder, 'register.mjs')).href;
  execFileSync(process.execPath, ['--import', register_, cli, ...args], {
    cwd: folder,
    env: { ...process.env, LOADED: loaded },
  });
  return readFileSync(loaded, 'utf8');
}

test.each([
  ['residual', [...shopColumns, '--steps', '64']],
  ['paper', shopOptions],
])(
  'recommending by the %s variant loads no TensorFlow.js and nothing that only training needs',
  async (name, given) => {
    const { code } = await runCli(folder, 'train', ...given, '--name', name);
    expect(code).toBe(0);
    const loaded = loadedBy('recommend', '--run', `runs/${name}`, '--user', 'c-1');
    expect(loaded).toContain('trainer/dist/run/load-recommender.js');
    expect(loaded).not.toMatch(/tfjs|tensorflow|echarts|zod|hyparquet|duckdb/);
    expect(loaded).not.toMatch(/trainer\/dist\/(report|options|scenarios|variants|backend)/);
    expect(loaded).not.toMatch(
      /(agent|datasets|ddpg|evaluation|replay-buffer|simulators|state|wasm-kernels)\/dist/,
    );
  },
  120_000,
);

test('a recommender in one .tar, as a page gives it, recommends as the run that it was', async () => {
  const packed = memoryStorage();
  await saveRecommender(await loadRecommender(folderStorage(join(folder, 'runs/residual'))), packed);
  writeFileSync(join(folder, 'page.tar'), await toTar(packed));
  const asked = ['--user', 'c-1', '-k', '4', '--json'];
  const of = async (run: string) => (await runCli(folder, 'recommend', '--run', run, ...asked)).stdout;
  const ofPage = await of('page.tar');
  expect(ofPage).toBe(await of('runs/residual'));
  expect(JSON.parse(ofPage)).toMatchObject({ recommended: [{}, {}, {}, {}] });
});

test('a recommender that has nothing to say, as its scores are beyond all numbers, is refused before it answers', async () => {
  const parts = (await loadRecommender(folderStorage(join(folder, 'runs/paper')))).parts as RecommenderParts &
    VectorParts;
  const { users, items } = parts.tables;
  const tables = {
    users: { ...users, vectors: users.vectors.map(() => 1e3) },
    items: { ...items, vectors: items.vectors.map(() => 1e38) }, // finite, and their products are not
  };
  const agent = { policy: () => parts.policy, savedPolicy: () => parts.savedPolicy };
  const packed = memoryStorage();
  await saveRecommender(createRecommender({ ...parts, agent, tables }), packed);
  writeFileSync(join(folder, 'beyond.tar'), await toTar(packed));
  const { code, stderr, stdout } = await runCli(folder, 'recommend', '--run', 'beyond.tar', '--user', 'c-1');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(
    'beyond.tar: expected a recommender that does what it should, but there was nothing for c-',
  );
});

test('help loads no TensorFlow.js', () => {
  const loaded = loadedBy('train', '--help');
  expect(loaded).toContain('trainer/dist/options/help.js');
  expect(loaded).not.toMatch(/tfjs|tensorflow|datasets\/dist|simulators\/dist/);
});
