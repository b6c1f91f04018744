import { execFileSync } from 'node:child_process';

/**
 * Whether this machine has a `redis-server`, which tests then start. Where it has none and `RL_RECSYS_REQUIRE_DATA` is set, that is a
 * failure.
 */
export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (cause) {
    if (process.env['RL_RECSYS_REQUIRE_DATA'] === undefined) {
      console.warn('SKIPPED: install redis-server to run these tests');
      return false;
    }
    throw new Error('RL_RECSYS_REQUIRE_DATA is set, but there is no redis-server', { cause });
  }
}
