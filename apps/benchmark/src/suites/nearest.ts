import { digits } from '../harness/cells.js';
import { pythonPeer } from '../harness/python.js';
import { race, type Entry, type Outcome, type Plan, type Result } from '../harness/race.js';
import { compare, describePlan, missingNotes, type Case } from '../harness/report.js';
import { SIZES } from '../sizes.js';
import { nodeContender, type Suite, type SuiteContext } from './suite.js';

const K = 10;

/** Of whom a block is ranked at once. */
const USERS = 64;
/** Who are ranked one block after the other, when all recommendations are made anew. */
const CROWD = 100_000;

/** How long exact search takes, how near it comes to what memory allows, and what approximate search gains. */
export const nearestSuite: Suite = {
  name: 'nearest',
  about:
    `One query for the ${K} rows with the largest inner products: InnerProductSearch.topK beside NumPy ` +
    `(matrix-vector product by OpenBLAS, argpartition, sort). Rows of ${SIZES.embeddingSize} numbers. ` +
    `${USERS} users at once: topKBatch beside a matrix product, argpartition and sort. ` +
    'ApproximateSearch.topK beside InnerProductSearch.topK, on vectors that lie as learned ones do.',
  unit: 'µs',
  async run(context) {
    const { quick, python, onProgress } = context;
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
    const largest = quick ? 100_000 : 1_000_000;
    onProgress(`${largest} rows, blocks of ${USERS} users`);
    const crowd = await raceCrowd(largest, context);
    cases.push(...compare(`${largest.toLocaleString('en')} rows, ${USERS} users`, crowd[0]!, crowd.slice(1)));
    outcomes.push(...crowd);
    const graphs: string[][] = [];
    for (const rows of quick ? [100_000] : [100_000, 1_000_000]) {
      onProgress(`${rows} rows, approximate: making the graph takes minutes for a million`);
      const command = nodeContender('nearest-approximate', { rows, k: K });
      const entries: Entry[] = [
        { name: 'ApproximateSearch', command, task: 'approximate' },
        { name: 'InnerProductSearch', command, task: 'exact' },
      ];
      const [ours, peer] = (await race(entries, plan, onProgress)) as [Result, Result];
      cases.push(...compare(`${rows.toLocaleString('en')} rows, approximate`, ours, [peer]));
      graphs.push(graphRow(rows, ours));
    }
    return {
      cases,
      tables: [
        { title: 'Memory: GB/s, by the medians', head: BANDWIDTH_HEAD, rows: table },
        {
          title: `${CROWD.toLocaleString('en')} users ranked in blocks of ${USERS}`,
          head: CROWD_HEAD,
          rows: crowd.map(crowdRow),
        },
        { title: 'ApproximateSearch with its defaults', head: GRAPH_HEAD, rows: graphs },
      ],
      notes: [
        describePlan(plan),
        'GB/s are float32 bytes of the table by the time. Reading alone is numpy.dot (OpenBLAS sdot) of as many bytes with themselves, in the same rotation; tables that fit into a cache are read faster than memory can. Shares above 100 %: large tables are searched by their int8 copy, a quarter of the bytes, and little of the float32.',
        `Recall is the share of the exact best ${K} that are found, of 1000 queries. Build: one thread. Memory: what the process has more after making it (vectors and graph).`,
        'Vectors for approximate search: as many centres as the square root of the rows; around them, with 0.7 of the centres’ deviation, items and queries; deviations fall as 1/√d from dimension to dimension; items’ norms vary log-normally (σ = 0.3).',
        ...missingNotes(outcomes),
      ],
    };
  },
};

/** One block after the other; whoever ranks a hundred thousand does nothing else so many times. */
async function raceCrowd(rows: number, { quick, python, onProgress }: SuiteContext): Promise<Outcome[]> {
  const plan: Plan = { rounds: quick ? 1 : 3, turnMs: 0, warmUpMs: 0, iterations: quick ? 2 : 6 };
  const options = { rows, size: SIZES.embeddingSize, k: K, users: USERS };
  const numpy = pythonPeer(python, { needs: 'numpy', script: 'nearest_numpy.py', options });
  const entries: Entry[] = [
    { name: 'InnerProductSearch', command: nodeContender('nearest', options), task: 'block' },
    { name: 'NumPy, OpenBLAS', command: numpy, task: 'block' },
  ];
  return race(entries, plan, onProgress);
}

const CROWD_HEAD = ['', 'users a second', 'minutes for all, by the median'];

function crowdRow(outcome: Outcome): string[] {
  if ('missing' in outcome) return [outcome.name, '–', '–'];
  const rate = (1000 * USERS) / outcome.median;
  return [outcome.name, digits(rate), digits(CROWD / rate / 60)];
}

const BANDWIDTH_HEAD = ['rows', 'MB', 'InnerProductSearch', 'reading alone', 'our share'];

function bandwidthRow(rows: number, ours: Outcome, read: Outcome): string[] {
  const megabytes = (rows * SIZES.embeddingSize * 4) / 1e6;
  const [own, bare] = [ours, read].map((each) => ('missing' in each ? undefined : megabytes / each.median));
  const share = own !== undefined && bare !== undefined ? `${((100 * own) / bare).toFixed(0)} %` : '–';
  const cell = (speed: number | undefined) => (speed === undefined ? '–' : digits(speed));
  return [rows.toLocaleString('en'), digits(megabytes), cell(own), cell(bare), share];
}

const GRAPH_HEAD = ['rows', `recall@${K}`, 'build s', 'MB', 'of that the vectors'];

function graphRow(rows: number, { about }: Result): string[] {
  const { recall, buildMs, megabytes } = about as Record<string, number>;
  return [
    rows.toLocaleString('en'),
    recall!.toFixed(3),
    digits(buildMs! / 1000),
    digits(megabytes!),
    digits((rows * SIZES.embeddingSize * 4) / 1e6),
  ];
}
