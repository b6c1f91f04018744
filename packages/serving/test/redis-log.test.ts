import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openRedis, startRedis, type StartedRedis } from '@rl-recsys/distributed';
import { hasRedis, tlsRedis } from '@rl-recsys/testing';
import { checkFeedbackLog } from '../src/index.js';
import { openRedisLog } from '../src/redis.js';
import { recordsOf, reward } from './toy.js';

(hasRedis() ? describe : describe.skip)('a log in Redis', () => {
  let folder: string;
  let redis: StartedRedis;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redis-'));
    redis = await startRedis({ folder });
  });
  afterEach(async () => {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (patience = 5_000) => openRedisLog({ url: redis.url, name: 'shop', patience });

  test('keeps the contract', async () => {
    expect(await checkFeedbackLog(() => open())).toEqual([]);
  });

  test('many servers have it open: each record is there once, at the position that was told', async () => {
    const logs = await Promise.all([open(), open(), open()]);
    const told = await Promise.all(
      Array.from({ length: 1500 }, async (_, place) => {
        const id = `r-${place}`;
        return [await logs[place % 3]!.append(reward(id, place)), id] as const;
      }),
    );
    const listed = new Map<number, string>();
    for await (const { record, position } of logs[0].records())
      if (record.kind === 'reward') listed.set(position, record.id);
    expect(listed).toEqual(new Map([...told].sort(([one], [other]) => one - other)));
    await Promise.all(logs.map((log) => log.close()));
  });

  test('what was told is there after Redis was killed, and what is appended meanwhile comes when it is back', async () => {
    const log = await open(20_000);
    await log.append(reward('before', 1));
    redis.process.kill('SIGKILL');
    await new Promise((resolve) => redis.process.once('exit', resolve));
    const appended = log.append(reward('meanwhile', 2));
    redis = await startRedis({ folder, port: redis.port, password: redis.password });
    expect(await appended).toBe(2);
    expect(await recordsOf(log.records())).toEqual([reward('before', 1), reward('meanwhile', 2)]);
    await log.close();
  });

  test('a record is refused in a sentence where Redis is full, and the next one taken when it is not', async () => {
    const log = await open();
    const operator = await openRedis(redis.url);
    await operator.config('SET', 'maxmemory', '1');
    await expect(log.append(reward('refused', 1))).rejects.toThrow(
      /^log: Redis is full: give it more memory/,
    );
    await operator.config('SET', 'maxmemory', '0');
    await log.append(reward('taken', 2));
    expect(await recordsOf(log.records())).toEqual([reward('taken', 2)]);
    operator.disconnect();
    await log.close();
  });

  test('an entry that no server has written is told of, by its place', async () => {
    const log = await open();
    await log.append(reward('one', 1));
    const operator = await openRedis(redis.url);
    for (const [place, record] of ['{"kind":3}', 'null', '[]', '{', ''].entries()) {
      await operator.xadd('{rl-recsys:feedback:shop}:records', `${place + 2}-0`, 'record', record);
      const sentence = `log: expected a record at ${place + 2}-0, got something else`;
      await expect(log.read(place + 2)).rejects.toThrow(sentence);
    }
    await expect(recordsOf(log.records())).rejects.toThrow('log: expected a record at 2-0');
    expect(await log.read(1)).toEqual(reward('one', 1));
    operator.disconnect();
    await log.close();
  });

  test('is written by TLS, where its certificate is trusted', async () => {
    await redis.stop();
    const { certificate, port, lines } = await tlsRedis(folder);
    redis = await startRedis({ folder, port, lines });
    const url = redis.url.replace('redis:', 'rediss:');
    await expect(openRedisLog({ url, name: 'shop' })).rejects.toThrow(
      /^Redis at 127\.0\.0\.1:\d+: Redis can not be reached by TLS: self-signed certificate/,
    );
    // Of whom it is to trust Node reads when it starts.
    const program = `import { openRedisLog } from '@rl-recsys/serving/redis';
      const log = await openRedisLog({ url: process.argv[1], name: 'shop' });
      process.stdout.write(String(await log.append(${JSON.stringify(reward('one', 1))})));
      await log.close();`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program, url],
      { cwd: new URL('..', import.meta.url), env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate } },
    );
    expect(stdout).toBe('1');
  });

  test('a name that would be another key is refused', async () => {
    await expect(openRedisLog({ url: redis.url, name: 'a}b' })).rejects.toThrow(/^name: expected letters/);
  });
});
