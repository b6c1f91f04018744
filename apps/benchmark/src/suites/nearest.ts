import { digits } from '../harness/cells.js';
import { pythonPeer } from '../harness/python.js';
import { race, type Entry, type Outcome, type Plan } from '../harness/race.js';
import { compare, describePlan, missingNotes, type Case } from '../harness/report.js';
import { SIZES } from '../sizes.js';
import { nodeContender, type Suite } from './suite.js';

const K = 10;

/** How long exact search takes, and how near it comes to what memory allows. */
export const nearestSuite: Suite = {
  name: 'nearest',
  about:
    `One query for the ${K} rows with the largest inner products: InnerProductSearch.topK beside NumPy ` +
    `(matrix-vector product by OpenBLAS, argpartition, sort). Rows of ${SIZES.embeddingSize} numbers.`,
  unit: 'µs',
  async run({ quick, python, onProgress }) {
    const plan: Plan = quick
      ? { rounds: 3, turnMs: 100, warmUpMs: 200 }
      : { rounds: 8, turnMs: 300, warmUpMs: 800 };
    const cases: Case[] = [];
    const table: string[][] = [];
    const outcomes: Outcome[] = [];
    for (const rows of quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]) {
      onProgress(`${rows} rows`);
      const options = { rows, size: SIZES.embeddingSize, k: K };
      const numpy = pythonPeer(python, { needs: 'numpy', script: 'nearest_numpy.py', options });
      const entries: Entry[] = [
        { name: 'InnerProductSearch', command: nodeContender('nearest', options) },
        { name: 'NumPy, OpenBLAS', command: numpy },
        { name: 'reading alone', command: numpy, task: 'read' },
      ];
      const results = await race(entries, plan, onProgress);
      const [ours, peer, read] = results as [Outcome, Outcome, Outcome];
      cases.push(...compare(`${rows.toLocaleString('en')} rows`, ours, [peer]));
      table.push(bandwidthRow(rows, ours, read));
      outcomes.push(...results);
    }
    return {
      cases,
      tables: [{ title: 'Memory: GB/s, by the medians', head: BANDWIDTH_HEAD, rows: table }],
      notes: [
        describePlan(plan),
        'Reading alone is numpy.dot (OpenBLAS sdot) of the same number of bytes with themselves, in the same rotation. Tables that fit into a cache are read faster than memory can.',
        ...missingNotes(outcomes),
      ],
    };
  },
};

const BANDWIDTH_HEAD = ['rows', 'MB', 'InnerProductSearch', 'reading alone', 'our share'];

function bandwidthRow(rows: number, ours: Outcome, read: Outcome): string[] {
  const megabytes = (rows * SIZES.embeddingSize * 4) / 1e6;
  const [own, bare] = [ours, read].map((each) => ('missing' in each ? undefined : megabytes / each.median));
  const share = own !== undefined && bare !== undefined ? `${((100 * own) / bare).toFixed(0)} %` : '–';
  const cell = (speed: number | undefined) => (speed === undefined ? '–' : digits(speed));
  return [rows.toLocaleString('en'), digits(megabytes), cell(own), cell(bare), share];
}
