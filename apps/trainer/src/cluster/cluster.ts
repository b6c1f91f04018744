import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysOf, openRedis, startRedis } from '@rl-recsys/distributed';
import { say } from '../terminal/output.js';
import { REDIS_VARIABLE } from './cluster-options.js';

/** What `cluster` takes beside the options of `train`. */
export interface ClusterOptions {
  readonly actors: number;
  readonly redis?: string;
  readonly group: string;
}

/** A process that ends sooner, in milliseconds, did not end by chance: after some of them there is no use in another. */
const SOON = 10_000;
const MOST_SOON = 5;

/**
 * Starts a learner and actors on this machine, and a Redis too unless there is one; replaces those that die, and ends as the learner does.
 *
 * @param passed - the command line behind `cluster`: the learner's options.
 */
export async function cluster(options: ClusterOptions, passed: readonly string[]): Promise<void> {
  const { actors, redis, group } = options;
  const folder = redis === undefined ? await mkdtemp(join(tmpdir(), 'rl-recsys-redis-')) : undefined;
  const own = folder === undefined ? undefined : await startRedis({ folder });
  const url = redis ?? own!.url;
  const children = new Set<ChildProcess>();
  let isEnding = false;
  const start = (command: string, args: readonly string[]) => {
    const child = spawn(process.execPath, [process.argv[1]!, command, ...args], {
      env: { ...process.env, [REDIS_VARIABLE]: url },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true, // a terminal's Ctrl-C comes here, and is handed on once
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };
  const stop = () => {
    isEnding = true;
    for (const child of children) child.kill('SIGTERM');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  try {
    const acting = Array.from({ length: actors }, () =>
      keepAlive({
        what: 'an actor',
        start: () => start('cluster-actor', ['--group', group, '--quiet']),
        canGoOn: () => !isEnding,
      }),
    );
    let args = passed;
    const learning = keepAlive({
      what: 'the learner',
      start: () => start('cluster-learner', args),
      async canGoOn(code) {
        if (isEnding || code !== null) return false; // what it says itself it would say again
        const begun = await folderOf(url, group);
        if (begun === undefined) return false;
        const printing = passed.filter((word) => word === '--quiet' || word === '--json');
        args = ['--resume', begun, '--group', group, ...printing];
        return true;
      },
    });
    const code = await Promise.race([learning, Promise.all(acting).then(() => learning)]);
    stop(); // an actor that has just been started would wait for another run
    await Promise.all(acting);
    process.exitCode = code;
  } finally {
    isEnding = true;
    for (const child of children) child.kill('SIGTERM');
    await Promise.all([...children].map((child) => once(child, 'exit')));
    await own?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** A process that is to be there until it ends well. */
interface KeptAlive {
  readonly what: string;
  readonly start: () => ChildProcess;
  /** Prepares another start: false where there is to be none. The code is null where it was killed. */
  readonly canGoOn: (code: number | null) => boolean | Promise<boolean>;
}

/**
 * Starts a process again and again until it ends well, or is not to go on.
 *
 * @returns its exit code.
 * @throws Error where it ends soon after each start.
 */
async function keepAlive({ what, start, canGoOn }: KeptAlive): Promise<number> {
  for (let soon = 0; ;) {
    const startedAt = performance.now();
    const [code, signal] = (await once(start(), 'exit')) as [number | null, NodeJS.Signals | null];
    if (code === 0 || !(await canGoOn(code))) return code ?? 1;
    const why = signal ?? 'an error';
    soon = performance.now() - startedAt < SOON ? soon + 1 : 0;
    if (soon >= MOST_SOON) throw new Error(`${what} was ended by ${why} ${soon} times soon after its start`);
    say(`${what} was ended by ${why}; another takes its place`);
  }
}

/** The folder of the run that the group has; undefined where none was begun. */
async function folderOf(url: string, group: string): Promise<string | undefined> {
  const redis = await openRedis(url);
  try {
    return (await redis.hget(keysOf(group).run, 'folder')) ?? undefined;
  } finally {
    redis.disconnect();
  }
}
