import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@rl-recsys/random';

export const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** As `npm run` of the repository sets it. */
const npmRun = { npm_command: 'run', npm_package_name: 'rl-recsys' };

/** Runs the command line as a user would by `npm run`, in `folder`. */
export function runCli(folder: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...npmRun };
    execFile(process.execPath, [cli, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** The lines of what is printed that are of tables. */
export function tableIn(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('│'));
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'rl-recsys-'));
}

/** A small shop's ratings with ids of its own, as a file of four named columns. */
export function writeShop(folder: string): { file: string; rated: Map<string, Set<string>> } {
  const random = Random.fromSeed('shop');
  const rated = new Map<string, Set<string>>();
  const lines = ['customer;product;stars;day'];
  for (let user = 0; user < 30; user++) {
    const items = random.shuffle(Array.from({ length: 40 }, (_, item) => item)).slice(0, 25);
    rated.set(`c-${user}`, new Set(items.map((item) => `p-${item}`)));
    for (const [day, item] of items.entries()) {
      const stars = 1 + ((user % 2 === item % 2 ? 3 : 1) + random.integer(2));
      lines.push(`c-${user};p-${item};${stars};${day}`);
    }
  }
  const file = join(folder, 'shop.csv');
  writeFileSync(file, lines.join('\n'));
  return { file, rated };
}

/** What reads the shop. */
export const shopColumns = [
  ...['--dataset', 'csv', '--ratings', 'shop.csv'],
  ...[
    '--user-column',
    'customer',
    '--item-column',
    'product',
    '--rating-column',
    'stars',
    '--time-column',
    'day',
  ],
];

/** What reads the shop and trains the paper's variant for a moment. */
export const shopOptions = [
  ...shopColumns,
  ...['--variant', 'paper', '--embedding-size', '6', '--history-size', '4', '--session-length', '5'],
  ...['--steps', '60', '--batch-size', '8'],
];
