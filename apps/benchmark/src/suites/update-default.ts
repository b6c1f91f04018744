import { pythonPeer } from '../harness/python.js';
import { race, type Entry, type Outcome, type Plan } from '../harness/race.js';
import { compare, type Case } from '../harness/report.js';
import { DEFAULT_SIZES } from '../sizes.js';
import { nodeContender, twoThreads, type SuiteContext } from './suite.js';

const BATCH = 128;
const OURS = ['one thread', 'two threads', 'autograd + kernels'];

/** What the update of the default variant is, for the page. */
export const ABOUT_DEFAULT =
  `The default variant’s is one ResidualLearner.learn as in a simulator: two critics in each, the actor in every second, so that a time is ` +
  `the mean of two. ${DEFAULT_SIZES.candidateCount} candidates, n = ${DEFAULT_SIZES.historySize}, hidden layers of ` +
  `${DEFAULT_SIZES.hiddenSize}; PyTorch’s is in \`peers/residual_torch.py\`, and a test compares the losses.`;

/** How long an update of the default variant takes, beside PyTorch. */
export async function raceDefault(
  plan: Plan,
  { python, onProgress }: SuiteContext,
): Promise<{ cases: Case[]; outcomes: Outcome[] }> {
  onProgress(`default variant, batch ${BATCH}`);
  const ours = (options: object) =>
    nodeContender('update-default', {
      batchSize: BATCH,
      backend: 'wasm',
      fastKernels: true,
      fusedStep: true,
      ...options,
    });
  const torch = {
    needs: 'torch',
    script: 'update_residual_torch.py',
    options: { batchSize: BATCH, sizes: DEFAULT_SIZES },
  } as const;
  const entries: Entry[] = [
    { name: 'one thread', command: ours({}) },
    { name: 'two threads', command: twoThreads(ours({ threads: 2 })) },
    { name: 'autograd + kernels', command: ours({ fusedStep: false }) },
    { name: 'PyTorch eager', command: pythonPeer(python, torch) },
    { name: 'PyTorch eager, two threads', command: twoThreads(pythonPeer(python, { ...torch, threads: 2 })) },
  ];
  const outcomes = await race(entries, plan, onProgress);
  const [one, two] = outcomes.filter(({ name }) => name.startsWith('PyTorch'));
  const cases = outcomes
    .filter(({ name }) => OURS.includes(name))
    .flatMap((each) =>
      compare(
        `default variant: batch ${BATCH}, ${each.name}`,
        each,
        each.name === 'two threads' ? [one!, two!] : [one!],
      ),
    );
  return { cases, outcomes };
}
