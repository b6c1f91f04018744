import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tlsRedis, type TlsRedis } from '@rl-recsys/testing';
import { openRedis, type StartedRedis } from '../src/index.js';
import { redisOf, whereRedisIs } from './toy.js';

const script = fileURLToPath(new URL('over-tls.mjs', import.meta.url));

whereRedisIs(() => {
  const servers = redisOf();
  let folder: string;
  let tls: TlsRedis;
  let server: StartedRedis;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
    tls = await tlsRedis(folder);
    const user = 'user ann on >secret ~{rl-recsys:over-tls}:* +@all -@dangerous +info';
    server = await servers.start({ port: tls.port, password: 'of-all', lines: [...tls.lines, user] });
  });
  afterAll(async () => {
    await servers.end();
    rmSync(folder, { recursive: true });
  });
  const url = (who: string) => `rediss://${who}@127.0.0.1:${server.port}`;
  /** Learns in a process that trusts the certificate: Node reads of whom it is to trust when it starts. */
  const learned = async (of: string) => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: tls.certificate };
    return (await promisify(execFile)(process.execPath, [script, of], { env })).stdout;
  };
  const all = Array.from({ length: 20 }, (_, number) => number).join();

  test('a learner and an actor meet by TLS, with a password or as a user who may do no more than that', async () => {
    expect(await learned(url(':of-all'))).toBe(all);
    expect(await learned(url('ann:secret'))).toBe(all);
  });

  test('a wrong password and a wrong user are told of in a sentence, without either', async () => {
    for (const who of [':nonsense', 'bob:secret', 'ann:nonsense'])
      expect(await learned(url(who))).toBe(
        `Redis at 127.0.0.1:${server.port}: Redis does not accept this user or password`,
      );
  });

  test('a certificate that nobody knows is told of, and so is a URL of the other kind', async () => {
    const place = `Redis at 127.0.0.1:${server.port}`;
    await expect(openRedis(url(':of-all'))).rejects.toThrow(
      `${place}: Redis can not be reached by TLS: self-signed certificate; NODE_EXTRA_CA_CERTS names a file`,
    );
    await expect(openRedis(`redis://:of-all@127.0.0.1:${server.port}`)).rejects.toThrow(
      `${place}: it closed the connection at once; where it speaks TLS, its URL begins with rediss://`,
    );
  });
});
