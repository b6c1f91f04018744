import { pythonPeer } from '../harness/python.js';
import { race, type Entry, type Plan } from '../harness/race.js';
import { compare, describePlan, missingNotes, simdNotes } from '../harness/report.js';
import { DEFAULT_SIZES } from '../sizes.js';
import { nodeContender, TWO_THREADS_NOTE, twoThreads, type Suite, type SuiteContext } from './suite.js';

export const DEFAULT_BATCH = 128;
const OURS = ['one thread', 'two threads', 'autograd + kernels'];

/** How long an update of the default variant takes, beside PyTorch. */
export const updateDefaultSuite: Suite = {
  name: 'update-default',
  about:
    `One ResidualLearner.learn of the default variant, as in a simulator: two critics in each, the actor in every second, so that a time is ` +
    `the mean of two. Batches of ${DEFAULT_BATCH}, ${DEFAULT_SIZES.candidateCount} candidates, n = ${DEFAULT_SIZES.historySize}, hidden layers of ` +
    `${DEFAULT_SIZES.hiddenSize}; PyTorch’s is in \`peers/residual_torch.py\`, and a test compares the losses.`,
  unit: 'ms',
  async run(context) {
    const plan: Plan = context.quick
      ? { rounds: 3, turnMs: 150, warmUpMs: 400 }
      : { rounds: 8, turnMs: 400, warmUpMs: 3000 };
    const outcomes = await race(entries(context), plan, context.onProgress);
    const [one, two] = outcomes.filter(({ name }) => name.startsWith('PyTorch'));
    const cases = outcomes
      .filter(({ name }) => OURS.includes(name))
      .flatMap((each) => compare(each.name, each, each.name === 'two threads' ? [one!, two!] : [one!]));
    return {
      ...{ cases, tables: [] },
      notes: [describePlan(plan), TWO_THREADS_NOTE, ...simdNotes(outcomes), ...missingNotes(outcomes)],
    };
  },
};

/** An update of the default variant by us. */
export function updateDefault(options: object, node?: string) {
  const usual = { batchSize: DEFAULT_BATCH, backend: 'wasm', fastKernels: true, fusedStep: true };
  return nodeContender('update-default', { ...usual, ...options }, node);
}

function entries({ python }: SuiteContext): Entry[] {
  const torch = {
    needs: 'torch',
    script: 'update_residual_torch.py',
    options: { batchSize: DEFAULT_BATCH, sizes: DEFAULT_SIZES },
  } as const;
  return [
    { name: 'one thread', command: updateDefault({}) },
    { name: 'two threads', command: twoThreads(updateDefault({ threads: 2 })) },
    { name: 'autograd + kernels', command: updateDefault({ fusedStep: false }) },
    { name: 'PyTorch eager', command: pythonPeer(python, torch) },
    { name: 'PyTorch eager, two threads', command: twoThreads(pythonPeer(python, { ...torch, threads: 2 })) },
  ];
}
