import { pythonPeer } from '../harness/python.js';
import { race, type Entry, type Outcome, type Plan } from '../harness/race.js';
import { compare, describePlan, missingNotes, simdNotes, type Case } from '../harness/report.js';
import { SIZES } from '../sizes.js';
import { nodeContender, type Suite } from './suite.js';

const BATCH_SIZE = 64;
const TASKS = {
  act: 'act, one user',
  actBatch: `act, ${BATCH_SIZE} users`,
  recommend: 'top 10, one user',
  recommendBatch: `top 10, ${BATCH_SIZE} users`,
} as const;

const WIDTHS =
  'With 64 users nearly all of the time is products: WebAssembly’s vectors have 4 numbers, those of NumPy and PyTorch 8 with AVX2 and 16 with ' +
  'AVX-512 (OpenBLAS’s core is named above). Scores of a search are not fused, so that they are the same to the bit on every machine.' +
  ' What is aimed at is the peers’ time with 64 users.';

/** How long it takes to act and to recommend. */
export const actSuite: Suite = {
  name: 'act',
  about:
    `From a user’s index and history to the action, and on to the best 10 of ${SIZES.items} items of which 150 ` +
    'were seen. The same from NumPy (matrix products, −∞ at what was seen, argpartition, sort), PyTorch eager ' +
    'and TensorFlow.js alone. Every call is timed by itself, with another user each time.',
  unit: 'µs',
  showsP99: true,
  async run({ quick, python, onProgress }) {
    const plan: Plan = quick
      ? { rounds: 3, turnMs: 60, warmUpMs: 300 }
      : { rounds: 8, turnMs: 250, warmUpMs: 1000 };
    const options = { batchSize: BATCH_SIZE, k: 10, sizes: SIZES };
    const contenders = {
      ours: nodeContender('act', options),
      'NumPy, OpenBLAS': pythonPeer(python, { needs: 'numpy', script: 'act_numpy.py', options }),
      'PyTorch eager': pythonPeer(python, { needs: 'torch', script: 'act_torch.py', options }),
      'stock tfjs wasm': nodeContender('act-stock', options),
    };
    const cases: Case[] = [];
    const outcomes: Outcome[] = [];
    for (const [task, name] of Object.entries(TASKS)) {
      onProgress(name);
      const entries = Object.entries(contenders).map(([of, command]): Entry => ({ name: of, command, task }));
      const [ours, ...peers] = await race(entries, plan, onProgress);
      cases.push(...compare(name, ours!, peers));
      outcomes.push(ours!, ...peers);
    }
    return {
      cases,
      tables: [],
      notes: [describePlan(plan), WIDTHS, ...simdNotes(outcomes), ...missingNotes(outcomes)],
    };
  },
};
