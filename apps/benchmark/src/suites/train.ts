import { race, type Entry, type Plan, type Result } from '../harness/race.js';
import { compare, describePlan, simdNotes } from '../harness/report.js';
import { nodeContender, type Suite } from './suite.js';

const PARTS = ['act', 'environment', 'sample', 'learn', 'add and priorities'];

/** How long the main job takes, and which of its parts. */
export const trainSuite: Suite = {
  name: 'train',
  about:
    'DRR’s Algorithm 1 on a synthetic log, composed as the trainer does (embeddings are fitted before): ' +
    'prioritized replay, batches of 64, an update a step. One time is a step of the environment.',
  unit: 'ms',
  async run({ quick, onProgress }) {
    const plan: Plan = { rounds: quick ? 1 : 3, turnMs: 0, warmUpMs: 0, iterations: quick ? 300 : 1500 };
    const entries: Entry[] = [
      { name: 'our kernels', command: nodeContender('train', { backend: 'wasm', fastKernels: true }) },
      { name: 'stock tfjs wasm', command: nodeContender('train', { backend: 'wasm', fastKernels: false }) },
    ];
    const results = (await race(entries, plan, onProgress)) as [Result, Result];
    const [ours, stock] = results;
    return {
      cases: compare('a step of training', ours, [stock]),
      tables: [
        {
          title: 'Where the time goes: ms a step (share)',
          head: ['', 'steps a second', ...PARTS, 'other'],
          rows: results.map(shares),
        },
      ],
      notes: [describePlan(plan), ...simdNotes(results)],
    };
  },
};

function shares({ name, details }: Result): string[] {
  const [whole, steps] = [details.whole!, details.steps!];
  const known = PARTS.map((part) => details[part]!);
  const other = whole - known.reduce((sum, part) => sum + part, 0);
  const cell = (part: number) => `${(part / steps).toFixed(3)} (${((100 * part) / whole).toFixed(1)} %)`;
  return [name, ((1000 * steps) / whole).toFixed(0), ...[...known, other].map(cell)];
}
