import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** How a Redis is started. */
export interface StartRedisOptions {
  /** Where it keeps its data: what is there already it has again. */
  readonly folder: string;
  /** Where it listens (default: a port of 127.0.0.1 that is free). */
  readonly port?: number;
  /** Lines of its configuration, behind ours, such as `maxmemory 100mb`. */
  readonly lines?: readonly string[];
  /** What it is asked with (default: a password that nobody knows). */
  readonly password?: string;
}

/** A Redis that this process has started. */
export interface StartedRedis {
  /** With its password. */
  readonly url: string;
  readonly port: number;
  readonly password: string;
  readonly process: ChildProcess;
  /** Lets it write what it holds, and waits for its end. */
  stop(): Promise<void>;
}

/**
 * Starts the `redis-server` of this machine, for this machine alone, with a password; what it is told is on its disk a second later.
 *
 * @throws Error where there is no `redis-server`, or it ends at once: with its last words.
 */
export async function startRedis(options: StartRedisOptions): Promise<StartedRedis> {
  const { folder, lines = [], password = randomBytes(16).toString('hex') } = options;
  const port = options.port ?? (await freePort());
  const server = spawn('redis-server', ['-'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill); // or it would outlive a process that fails
  server.once('exit', () => process.off('exit', kill));
  // By its input, so that nobody reads the password in a list of processes.
  server.stdin.on('error', () => undefined);
  server.stdin.end(
    [
      ...['bind 127.0.0.1', `port ${port}`, `dir ${JSON.stringify(folder)}`, `requirepass ${password}`],
      ...['appendonly yes', 'appendfsync everysec', 'save ""', 'maxmemory-policy noeviction', ...lines, ''],
    ].join('\n'),
  );
  const words: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface(server.stdout).on('line', (line) => {
      words.push(line);
      if (words.length > 2) words.shift();
      if (line.includes('Ready to accept connections')) resolve();
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new Error('redis-server: expected it on this machine (Debian: apt-get install redis-server)')
          : error,
      ),
    );
    server.once('exit', () => reject(new Error(`redis-server: it ended at once: ${words.join(' ')}`)));
  });
  return {
    ...{ url: `redis://:${password}@127.0.0.1:${port}`, port, password, process: server },
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
