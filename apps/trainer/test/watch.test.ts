import { appendFileSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { get, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunRecord } from '@rl-recsys/live-view';
import { findRuns } from '../src/watch/find-runs.js';
import { startWatching } from '../src/watch/server.js';
import { Tail } from '../src/watch/tail.js';
import { runCli, shopOptions, temporaryFolder, writeShop } from './shop.js';

const line = (step: number) => JSON.stringify({ step, reward: step / 10 }) + '\n';

describe('a file that grows', () => {
  const path = join(temporaryFolder(), 'metrics.jsonl');
  const tail = new Tail<{ step: number }>();
  const look = async () => {
    const { isAnother, records } = await tail.look(path);
    return [isAnother, ...records.map(({ step }) => step)];
  };

  test('is read as far as its lines are whole, wherever a character is cut', async () => {
    expect(await look()).toEqual([false]);
    const bytes = Buffer.from('{"step":1,"of":"Æ"}\n');
    writeFileSync(path, bytes.subarray(0, 16));
    expect(await look()).toEqual([false]);
    appendFileSync(path, bytes.subarray(16));
    appendFileSync(path, line(2) + '{"st');
    expect(await look()).toEqual([false, 1, 2]);
    appendFileSync(path, 'ep":3}\n');
    expect(await look()).toEqual([false, 3]);
    expect(await look()).toEqual([false]);
  });

  test('is read anew where it was replaced, also by a longer one, and goes on where it was moved', async () => {
    writeFileSync(`${path}.draft`, line(1) + line(2) + line(3) + line(4) + line(5));
    renameSync(`${path}.draft`, path);
    expect(await look()).toEqual([true, 1, 2, 3, 4, 5]);
    writeFileSync(path, line(9));
    expect(await look()).toEqual([true, 9]);
    renameSync(path, `${path}.moved`);
    appendFileSync(`${path}.moved`, line(10));
    expect((await tail.look(`${path}.moved`)).records).toEqual([{ step: 10, reward: 1 }]);
  });
});

describe('the server', () => {
  const folder = temporaryFolder();
  const live = join(folder, 'new'); // a run that goes on
  let server: Awaited<ReturnType<typeof startWatching>>;

  beforeAll(async () => {
    for (const [name, steps] of [
      ['old', [1, 2]],
      ['new', [1]],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'metrics.jsonl'), steps.map(line).join(''));
    }
    mkdirSync(join(folder, 'no-run'));
    server = await startWatching({ folders: [folder], port: 0 });
  });
  afterAll(() => server.close());

  const ask = (path: string, options: object = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = request(new URL(path, server.url), options, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
      });
      asked.on('error', reject).end();
    });

  test('finds runs in a folder, also those that go on, and takes a run as it is', async () => {
    expect((await findRuns([folder])).sort()).toEqual([join(folder, 'new'), join(folder, 'old')]);
    expect(await findRuns([join(folder, 'new')])).toEqual([join(folder, 'new')]);
  });

  test('tells whoever comes all that there is, and then what is new', async () => {
    const told: { run: string; record: RunRecord }[] = [];
    const stepsOf = (run: string) =>
      told.flatMap(({ run: of, record }) =>
        of === run && record.kind === 'metrics' ? [record.line.step] : [],
      );
    const listening = get(new URL('events', server.url), (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n\n');
        rest = parts.pop()!;
        for (const part of parts) told.push(JSON.parse(part.replace('data: ', '')) as (typeof told)[number]);
      });
    });
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await until(() => stepsOf('old').length === 2 && stepsOf('new').length === 1);
    appendFileSync(join(live, 'metrics.jsonl'), line(2));
    await until(() => stepsOf('new').length === 2);
    // It ends, and is moved to its place: nothing is told twice.
    appendFileSync(join(folder, 'new', 'metrics.jsonl'), line(3));
    await until(() => stepsOf('new').length === 3);
    expect(stepsOf('new')).toEqual([1, 2, 3]);
    listening.destroy();
  });

  test('listens to this machine alone, and answers to its own names alone', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body).toContain('<script type="module" src="page.js">');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(await ask('/', { headers: { host: 'evil.example' } })).toMatchObject({ status: 403 });
    expect(await ask('/events', { headers: { host: 'evil.example:80' } })).toMatchObject({ status: 403 });
    expect(await ask('/', { headers: { host: 'localhost' } })).toMatchObject({ status: 200 });
  });

  test('gives nothing but the page', async () => {
    for (const path of ['/..%2f..%2fetc/passwd', '/metrics.jsonl'])
      expect(await ask(path)).toMatchObject({ status: 404 });
    expect(await ask('/', { method: 'POST' })).toMatchObject({ status: 405 });
  });

  test('refuses a port that is taken, where it was asked for', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startWatching({ folders: [folder], port })).rejects.toThrow(
      `--port: ${port} of 127.0.0.1 is taken`,
    );
  });
});

test('watch refuses a folder that is not there, and a port that is none', async () => {
  const folder = temporaryFolder();
  const missing = await runCli(folder, 'watch', 'runs/x');
  expect(missing).toMatchObject({ code: 1 });
  expect(missing.stderr).toBe('error: runs/x: expected a run, or a folder of runs, but there is none\n');
  const { code, stderr } = await runCli(folder, 'watch', '--port', '70000');
  expect(code).toBe(1);
  expect(stderr).toContain("option '--port <number>' argument '70000' is invalid");
});

test('train --watch serves the run while it goes on, and ends when it ends', async () => {
  const folder = temporaryFolder();
  writeShop(folder);
  const { code, stdout } = await runCli(folder, 'train', ...shopOptions, '--watch', '--tensorboard');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Watch it at http:\/\/127\.0\.0\.1:\d+\/$/m);
  const files = readdirSync(join(folder, 'runs/csv-seed-1'));
  expect(files.filter((name) => name.startsWith('events.out.tfevents.'))).toHaveLength(1);
}, 120_000);
