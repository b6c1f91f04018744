import { digits, timeCell } from '../harness/cells.js';
import { race, type Plan, type Result } from '../harness/race.js';
import { compare, describePlan, type Case } from '../harness/report.js';
import { nodeContender, type Suite } from './suite.js';

/** Of these the one with a million transitions is the case; the others show how time grows. */
const SIZES_OF_BUFFER = [
  { capacity: 10_000, actionSize: 100 },
  { capacity: 100_000, actionSize: 100 },
  { capacity: 1_000_000, actionSize: 100 },
  { capacity: 10_000_000, actionSize: 16 }, // with wider actions it and the bare records would need 10 GB
];

/** How long prioritized replay takes, beside the plain copying of as many records. */
export const replaySuite: Suite = {
  name: 'replay',
  about:
    'PrioritizedReplay of DRR’s transitions (123 numbers of 4 bytes), full, with priorities that all differ. ' +
    'The peer “bare gather” copies 64 records at random out of one array into columns, field by field, in the same process: ' +
    'no tree, no weights, no checks. One time is the mean of 200 calls.',
  unit: 'µs',
  async run({ quick, onProgress }) {
    const plan: Plan = quick
      ? { rounds: 3, turnMs: 100, warmUpMs: 200 }
      : { rounds: 8, turnMs: 300, warmUpMs: 1000 };
    const cases: Case[] = [];
    const rows: string[][] = [];
    for (const size of SIZES_OF_BUFFER.slice(0, quick ? 3 : 4)) {
      onProgress(`${size.capacity} transitions`);
      const command = nodeContender('replay', size);
      const tasks = ['add', 'sample', 'gather', 'updatePriorities'];
      const names = ['add', 'sample(64)', 'bare gather', 'updatePriorities(64)'];
      const entries = tasks.map((task, place) => ({ name: names[place]!, task, command }));
      const results = (await race(entries, plan, onProgress)) as Result[];
      const [add, sample, gather, update] = results as [Result, Result, Result, Result];
      if (size.capacity === 1_000_000) {
        cases.push(...compare('add', add, []));
        cases.push(...compare('sample(64)', sample, [gather]));
        cases.push(...compare('updatePriorities(64)', update, []));
      }
      rows.push(growthRow(size, add, sample, gather, update));
    }
    return { cases, tables: [{ ...GROWTH, rows }], notes: [describePlan(plan), ...NOTES] };
  },
};

const GROWTH = {
  title: 'Growth with the number of transitions: median µs',
  head: [
    ...['transitions', 'numbers each', 'add', 'sample(64)', 'bare gather', 'ratio', 'updatePriorities(64)'],
    ...['bytes each', 'of that its numbers'],
  ],
};

const NOTES = [
  'Bytes each: typed arrays held by the buffer (process.memoryUsage().arrayBuffers) divided by its capacity.',
  'Ten million transitions have a shorter action, to stay within 5 GB.',
];

function growthRow(
  { capacity, actionSize }: (typeof SIZES_OF_BUFFER)[number],
  add: Result,
  sample: Result,
  gather: Result,
  update: Result,
): string[] {
  const { bytesPerTransition, rawBytesPerTransition } = add.about as Record<string, number>;
  return [
    capacity.toLocaleString('en'),
    String(rawBytesPerTransition! / 4) + (actionSize === 100 ? '' : ` (k = ${actionSize})`),
    ...[add, sample, gather].map(({ median }) => timeCell(median, 'µs')),
    digits(sample.median / gather.median),
    timeCell(update.median, 'µs'),
    bytesPerTransition!.toFixed(0),
    String(rawBytesPerTransition),
  ];
}
