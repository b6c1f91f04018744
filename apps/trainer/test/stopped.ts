import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { cli, runCli, shopOptions, temporaryFolder, writeShop, type Outcome } from './shop.js';

/** Many times in a short training; each time waits for the disk. */
export const often = ['--checkpoint-minutes', '0.001'];

/** Runs the command line, and sends its process a signal when it has written so many checkpoints. */
export function stopAfter(
  folder: string,
  run: string,
  checkpoints: number,
  signal: NodeJS.Signals,
  args: string[],
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    const place = join(folder, 'runs', run, 'checkpoints');
    const newest = () =>
      Math.max(
        0,
        ...(existsSync(place) ? readdirSync(place) : []).map((name) =>
          Number(/^checkpoint-(\d+)\.json$/.exec(name)?.[1] ?? 0),
        ),
      );
    const start = newest();
    const timer = setInterval(() => {
      if (newest() - start < checkpoints) return;
      clearInterval(timer);
      child.kill(signal);
    }, 2);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
}

/** What a run on a log or an environment leaves, but for times and names. */
function endOf(folder: string, run: string): unknown {
  const read = (file: string) => {
    const path = join(folder, 'runs', run, file);
    return existsSync(path) ? readFileSync(path) : undefined;
  };
  const lines = String(read('metrics.jsonl')).trim().split('\n');
  return {
    ...{ agent: read('agent.bin'), recommender: read('recommender.bin'), episodes: read('episodes.jsonl') },
    table: read('table.json'),
    metrics: lines.map((line) => ({ ...(JSON.parse(line) as object), seconds: 0, stepsPerSecond: 0 })),
  };
}

/** Tests that a training which is stopped by signals and a kill, and gone on with in new processes, ends as one that was not. */
export function testStopped(options: readonly string[]): void {
  test('stopped by signals and a kill, and resumed in new processes, ends as one that was not stopped', async () => {
    const folder = temporaryFolder();
    writeShop(folder);
    const train = (name: string) => ['train', ...options, '--name', name];
    expect((await runCli(folder, ...train('whole'))).code).toBe(0);
    const resume = ['train', '--resume', 'runs/parts'];
    const stopped = [
      await stopAfter(folder, 'parts', 2, 'SIGINT', train('parts')),
      await stopAfter(folder, 'parts', 1, 'SIGKILL', resume),
      await stopAfter(folder, 'parts', 1, 'SIGTERM', resume),
    ];
    expect(stopped.map(({ code }) => code)).toEqual([130, -1, 143]);
    expect(stopped[0]!.stdout).toMatch(
      /Stopped after \d+ steps, and saved. To go on:\n.* train --resume runs\/parts/,
    );
    expect((await runCli(folder, 'evaluate', '--run', 'runs/parts')).stderr).toContain('train --resume');
    const { code, stdout, stderr } = await runCli(folder, ...resume);
    expect({ code, error: stderr.includes('error') }).toEqual({ code: 0, error: false });
    expect(stdout).toMatch(/^Going on with runs\/parts from step \d+ of \d+\./m);
    expect(endOf(folder, 'parts')).toEqual(endOf(folder, 'whole'));
  });
}

/** A run of 120 steps that is stopped after its first checkpoint, before the tests that ask for it. */
export function stoppedShop() {
  const folder = temporaryFolder();
  const train = ['train', ...shopOptions, '--steps', '120'];
  beforeAll(async () => {
    writeShop(folder);
    const { code } = await stopAfter(folder, 'csv-seed-1', 1, 'SIGINT', [...train, ...often]);
    expect(code).toBe(130);
  });
  return { folder, train, run: join(folder, 'runs', 'csv-seed-1') };
}
