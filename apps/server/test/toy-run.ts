import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { residualFromLog } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { createRecommender, saveRecommender, type Recommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { syntheticRatingLog } from '@rl-recsys/simulators';

export const cli: string = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const log = syntheticRatingLog({
  ...{ users: 30, items: 60, ratingsPerUser: 10 },
  random: Random.fromSeed('log'),
});

const idsOf = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);

/** One that ranks as matrix factorisation does: another seed gives other vectors. One that plans visits sees what they show. */
export async function toyRecommender(seed = 1, { plansVisits = false } = {}): Promise<Recommender> {
  tf.enableProdMode(); // no "running in Node.js" banner
  await tf.setBackend('wasm');
  const options = { steps: 64, hiddenSize: 8, rewardsInState: plansVisits };
  const made = residualFromLog(log, { ...options, random: Random.fromSeed(seed) });
  return createRecommender({ ...made, log, users: idsOf('user', 30), items: idsOf('item', 60) });
}

/** A folder with a run in `runs/toy`. */
export async function toyRun(options?: { readonly plansVisits: boolean }): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rl-recsys-server-'));
  await saveRecommender(await toyRecommender(1, options), folderStorage(join(folder, 'runs/toy')));
  return folder;
}

/** A server as a process of its own. */
export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly lines: string[];
  /** Sends a signal, and waits for the end; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Servers of this file's tests: a test that fails leaves one behind, and jest would wait for it. */
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts a server on a free port, and waits until it is ready. */
export async function startServer(folder: string, ...args: string[]): Promise<RunningServer> {
  const given = ['serve', '--run', 'runs/toy', '--port', '0', ...args];
  const child = spawn(process.execPath, [cli, ...given], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const lines: string[] = [];
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        const found = /on (http:\S+)$/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    void exited.then(() => reject(new Error(lines.join('\n'))));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ((await exited) as [number | null])[0];
  };
  return { url, process: child, lines, stop };
}

/** Sends JSON, and reads some. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as never };
}
