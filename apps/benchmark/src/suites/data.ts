import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePowerLawFiles } from '../contenders/power-law-files.js';
import { digits } from '../harness/cells.js';
import { race, type Entry, type Outcome, type Plan } from '../harness/race.js';
import { compare, missingNotes, type Case } from '../harness/report.js';
import { nodeContender, type Suite } from './suite.js';

const FULL = { ratings: 25_000_000, users: 160_000, items: 60_000 };
const QUICK = { ratings: 250_000, users: 1_600, items: 600 };

/** How long a large log takes to become columns, and how much memory. */
export const dataSuite: Suite = {
  name: 'data',
  about:
    'readLog: a synthetic log with power-law popularity from a file to sorted columns and id maps, in one process, ' +
    'beside a mere SELECT item, count(*) … GROUP BY item of the same file by DuckDB. One thread each.',
  unit: 'ms',
  async run({ quick, onProgress }) {
    const size = quick ? QUICK : FULL;
    const plan: Plan = { rounds: 1, turnMs: 0, warmUpMs: 0, iterations: 1, isCold: true };
    const folder = mkdtempSync(join(tmpdir(), 'rl-recsys-bench-'));
    const cases: Case[] = [];
    const rows: string[][] = [];
    const outcomes: Outcome[] = [];
    try {
      onProgress(`writing ${size.ratings} ratings`);
      const files = await writePowerLawFiles(folder, size);
      for (const [kind, file] of Object.entries(files)) {
        const entries: Entry[] = [
          { name: 'readLog', command: nodeContender('read-log', { file }) },
          { name: 'DuckDB', command: nodeContender('group-by', { file }) },
        ];
        const [ours, peer] = (await race(entries, plan, onProgress)) as [Outcome, Outcome];
        cases.push(...compare(`${size.ratings.toLocaleString('en')} ratings from ${kind}`, ours, [peer]));
        rows.push(describe(kind, file, size.ratings, ours));
        outcomes.push(ours, peer);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    return {
      cases,
      tables: [{ title: 'readLog', head: ['from', 'MB', 'rows a second', 'peak MiB of the process'], rows }],
      notes: [
        'Each file is read once, in a process of its own; no warm-up. DuckDB decodes and counts one column; readLog decodes four, finds the index ' +
          'of each id, and sorts the rows by user and time, where each goes to a place of memory of its own.' +
          ' What is aimed at is 3 times DuckDB’s time for CSV, 8 for Parquet, and 1.2 GiB.',
        ...missingNotes(outcomes),
      ],
    };
  },
};

function describe(kind: string, file: string, ratings: number, outcome: Outcome): string[] {
  const megabytes = digits(statSync(file).size / 1e6);
  if ('missing' in outcome) return [kind, megabytes, '–', '–'];
  const rate = Math.round((1000 * ratings) / outcome.median).toLocaleString('en');
  return [kind, megabytes, rate, digits(outcome.details['peakMiB']!)];
}
