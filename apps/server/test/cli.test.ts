import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { memoryStorage, saveRecommender, toTar } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { saveVersion } from '@rl-recsys/serving/folder';
import { serving, testRefused } from './refused.suite.js';
import { run as runIn } from './run.js';
import { post, startServer, toyRecommender, toyRun } from './toy-run.js';

let folder: string;
beforeAll(async () => {
  folder = await toyRun();
});

const run = (...args: string[]) => runIn(folder, ...args);

const locksIn = (log: string) => readdirSync(join(folder, log)).filter((name) => name.startsWith('lock'));

const ask = (url: string, body: object, headers = {}) => post(`${url}/v1/recommendations`, body, headers);

test('help has groups and examples, and the version is that of the package', async () => {
  const { stdout } = await run('--help');
  expect(stdout).toMatch(/^Serve:\n {2}serve /m);
  expect(stdout).toMatch(/^Choose which version of a model answers:\n {2}status /m);
  expect(stdout).toMatch(/^Examples:\n {2}npx @rl-recsys\/server --run /m);
  expect((await run('serve', '--help')).stdout).toMatch(/^Where it listens, and who may ask:\n {2}--port /m);
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect((await run('--version')).stdout).toBe(`${version}\n`);
});

test('keys are made, kept as hashes, good for what they are for, and taken away while it runs', async () => {
  const made = await run('key', '--keys', 'keys.json', '--name', 'shop');
  const other = await run('key', '--keys', 'keys.json', '--name', 'reports', '--scopes', 'metrics');
  const [shop, reports] = [made.stdout.trim(), other.stdout.trim()];
  expect(shop).toMatch(/^rlk_[\w-]{43}$/);
  const file = join(folder, 'keys.json');
  expect(readFileSync(file, 'utf8')).not.toContain(shop.slice(4, 20));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = await run('key', '--keys', 'keys.json', '--name', 'shop');
  expect(again.stderr).toBe('error: --name: expected a new name, but keys.json has a key shop\n');
  const server = await startServer(folder, '--keys', 'keys.json', '--feedback', 'with-keys');
  const statusBy = async (key: string) =>
    (await ask(server.url, { user: 'user-1', k: 1 }, { authorization: `Bearer ${key}` })).status;
  expect([await statusBy(shop), await statusBy(reports), await statusBy('x')]).toEqual([200, 403, 401]);
  await sleep(1100); // files are told apart by when they were written
  const keys = JSON.parse(readFileSync(file, 'utf8')) as { name: string }[];
  writeFileSync(file, JSON.stringify(keys.filter(({ name }) => name !== 'shop')));
  while ((await statusBy(shop)) !== 401) await sleep(100);
  expect(await statusBy(reports)).toBe(403);
  expect(await server.stop()).toBe(0);
});

test('versions are taken over under load, and no request is lost', async () => {
  await saveVersion(join(folder, 'runs/toy'), await toyRecommender(2));
  const server = await startServer(folder, '--no-auth', '--feedback', 'swapped', '--rate', '1000000');
  const seen = new Map<string, number>();
  let isOver = false;
  const clients = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      const { status, body } = await ask(server.url, { user: 'user-3', k: 3 });
      expect(status).toBe(200);
      const { model } = body as { model: string };
      seen.set(model, (seen.get(model) ?? 0) + 1);
    }
  });
  const until = async (version: string, count: number) => {
    while ((seen.get(version) ?? 0) < count) await sleep(20);
  };
  await until('0', 50);
  expect((await run('promote', '--run', 'runs/toy')).stdout).toMatch(/^runs\/toy: version 1 serves;/);
  await until('1', 50);
  expect((await run('status', '--run', 'runs/toy')).stdout).toMatch(
    /^version 0 .*served before\nversion 1 .*serves\n$/,
  );
  seen.clear();
  expect((await run('rollback', '--run', 'runs/toy')).stdout).toMatch(/^runs\/toy: version 0 serves again;/);
  await until('0', 50);
  await run('canary', '--run', 'runs/toy', '--version', '1', '--share', '0.5');
  seen.clear();
  await until('1', 1);
  isOver = true;
  await Promise.all(clients);
  expect((await run('canary', '--run', 'runs/toy')).stdout).toContain('no version is tried');
  expect(await server.stop()).toBe(0);
  expect(server.lines).toContain('version 1 serves');
}, 120_000);

test('told to stop, it answers who waits, and what was accepted is there when it starts again', async () => {
  const server = await startServer(folder, '--no-auth', '--feedback', 'stopped', '--rate', '1000000');
  const asked = Array.from({ length: 50 }, (_, place) =>
    ask(server.url, { eventId: `e-${place}`, user: 'user-3', k: 2 }),
  );
  await Promise.race(asked);
  const [code, ...answers] = await Promise.all([
    server.stop(),
    ...asked.map((each) => each.catch(() => undefined)),
  ]);
  expect(code).toBe(0);
  expect(server.lines.at(-1)).toBe('stopped');
  expect(locksIn('stopped')).toEqual([]);
  const again = await startServer(folder, '--no-auth', '--feedback', 'stopped');
  const given = answers
    .filter((each) => each?.status === 200)
    .map((each) => each!.body as { eventId: string });
  expect(given.length).toBeGreaterThan(0);
  for (const answer of given) {
    const { body } = await ask(again.url, { eventId: answer.eventId, user: 'user-3', k: 2 });
    expect(body).toEqual(answer); // written down, or it would have been drawn with what is known now
    const events = { events: [{ id: answer.eventId, eventId: answer.eventId, reward: 0 }] };
    expect((await post(`${again.url}/v1/events`, events)).body).toMatchObject({
      events: [{ status: 'accepted' }],
    });
  }
  const blocked = await run('forget', '--user', 'user-3', '--feedback', 'stopped');
  expect(blocked.stderr).toMatch(/but process \d+ has; ask that server: POST \/v1\/forget/);
  await again.stop();
  expect((await run('forget', '--user', 'user-3')).stderr).toContain('since there is none below feedback');
  const forgotten = await run('forget', '--user', 'user-3', '--feedback', 'stopped');
  expect(forgotten.stdout).toMatch(/^stopped: removed \d+ records of user-3\n$/);
  expect(readFileSync(join(folder, 'stopped/000001.ndjson'), 'utf8')).not.toContain('user-3');
});

test('a recommender in one .tar, as a page gives it, is served as it is, and never taken for another', async () => {
  const packed = async (seed: number) => {
    const storage = memoryStorage();
    await saveRecommender(await toyRecommender(seed), storage);
    writeFileSync(join(folder, 'page.tar'), await toTar(storage));
  };
  await packed(1);
  const wanted = (await toyRecommender(1)).recommend('user-3', { k: 4 });
  for (const said of [1, 0]) {
    const given = ['--run', 'page.tar', '--no-auth', '--temperature', '0', '--feedback', 'of-tar'];
    const server = await startServer(folder, ...given);
    expect(server.lines.filter((line) => line.endsWith('page.tar: unpacked into page'))).toHaveLength(said);
    const { body } = await ask(server.url, { user: 'user-3', k: 4 });
    const { items } = body as { items: { item: string; score: number }[] };
    expect(items.map(({ item, score }) => ({ item, score }))).toEqual(wanted);
    await server.stop();
  }
  await packed(2);
  expect((await run('serve', '--run', 'page.tar', '--no-auth', '--port', '0')).stderr).toMatch(
    /^error: page.tar: expected what page holds, which is of another recommender; remove/,
  );
});

describe('what can’t be done ends in one sentence', () => {
  testRefused(
    () => folder,
    [
      ['--no-auth: expected without --keys', [...serving, '--keys', 'x']],
      ["unknown option '--prot' (Did you mean --port?)", [...serving, '--prot', '1']],
    ],
  );

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { stderr } = await run(...serving, '--port', String(port));
    expect(stderr).toBe(`error: --port: expected a port that is free, but ${port} is in use\n`);
    expect(locksIn('refused')).toEqual([]);
    other.close();
  });

  test('a damaged run', async () => {
    const damaged = join(folder, 'runs/damaged');
    await saveRecommender(await toyRecommender(), folderStorage(damaged));
    const file = join(damaged, 'recommender.bin');
    const bytes = readFileSync(file);
    bytes[bytes.length - 20]! ^= 1;
    writeFileSync(file, bytes);
    const { stderr } = await run('--run', 'runs/damaged', '--no-auth');
    expect(stderr).toBe(
      'error: runs/damaged: recommender.bin: bytes: the saved value is damaged (its checksum is wrong)\n',
    );
  });
});
