import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hasRedis } from '@rl-recsys/testing';
import { runCli, temporaryFolder } from './shop.js';

(hasRedis() ? describe : describe.skip)('beyond one process', () => {
  test('what is wrong with the place where they meet is said in one sentence', async () => {
    const folder = temporaryFolder();
    const outcomes = await Promise.all([
      runCli(folder, 'cluster-actor'),
      runCli(folder, 'cluster-learner', '--redis', 'redis://127.0.0.1:1'),
      runCli(folder, 'cluster-learner', '--redis', 'http://x', '--steps', '10'),
    ]);
    expect(outcomes.map(({ code, stderr }) => [code, stderr.trim()])).toEqual([
      [1, 'error: --redis: expected the URL of a Redis, here or in RL_RECSYS_REDIS'],
      [1, 'error: Redis at 127.0.0.1:1: Redis can not be reached: nobody listens there'],
      [1, 'error: redis: expected a URL such as redis://127.0.0.1:6379, or rediss:// for TLS, got http://x'],
    ]);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });
});
