import { SIMULATED_SESSIONS } from '@rl-recsys/drr';
import { simulatedWorld } from '@rl-recsys/simulators';
import { pythonPeer } from '../harness/python.js';
import { race, type Entry, type Outcome, type Plan, type Result } from '../harness/race.js';
import { compare, describePlan, missingNotes, simdNotes } from '../harness/report.js';
import { DEFAULT_SIZES, FIRST_ROUNDS, SEED } from '../sizes.js';
import { nodeContender, TWO_THREADS_NOTE, twoThreads, type Suite, type SuiteContext } from './suite.js';

const PARTS = ['act', 'environment', 'sample', 'learn', 'add and priorities'];

const AIM =
  'What is aimed at is half of the time of PyTorch’s program, and 2,000 bytes a step. Most of what a step of the ' +
  'default run allocates is what it hands on: its observation, its history, what the simulator tells of it, and ' +
  'its transition.';

/** A whole training run; one time is what it does again and again. */
interface Job {
  readonly title: string;
  readonly contender: string;
  readonly time: string;
  readonly iterations: { readonly quick: number; readonly usual: number };
  /** The same in PyTorch, where there is such a program. */
  readonly torch?: { readonly script: string; readonly options: object };
}

const jobs: readonly Job[] = [
  {
    title: 'what npm run train does',
    contender: 'train-default',
    time: 'a round of 128 steps and 4 updates',
    iterations: { quick: 10, usual: 50 },
    torch: {
      script: 'train_residual_torch.py',
      options: {
        ...{ sizes: DEFAULT_SIZES, firstRounds: FIRST_ROUNDS, sessions: SIMULATED_SESSIONS },
        dynamics: simulatedWorld(SEED).world.dynamics,
      },
    },
  },
  {
    title: 'the paper’s variant',
    contender: 'train-paper',
    time: 'a step and an update',
    iterations: { quick: 300, usual: 1500 },
  },
];

/** How long whole training runs take, and which of their parts. */
export const trainSuite: Suite = {
  name: 'train',
  about:
    'Whole runs, composed as the trainer does; vectors are fitted before. What `npm run train` does: the default ' +
    'variant in sessions with simulated users, in batches of 128; a time is a round of 128 sessions’ steps and ' +
    'four updates. The paper’s: DRR’s Algorithm 1 on a synthetic log, prioritized replay, batches of 64; a time ' +
    'is a step of the environment and an update. What PyTorch does is `peers/train_residual_torch.py`, whose simulator, sessions and ' +
    'replay are NumPy on all sessions at once.',
  unit: 'ms',
  async run(context) {
    const raced = [];
    for (const job of jobs) raced.push(await raceJob(job, context));
    return {
      cases: raced.flatMap(({ job, results: [ours, two, stock, ...torch] }) => {
        const name = `${job.title}: ${job.time}`;
        return [
          ...compare(name, ours, [stock, ...torch.slice(0, 1)]),
          ...compare(`${name}, two threads`, two, [ours, stock, ...torch]),
        ];
      }),
      tables: raced.map(({ job, results }) => ({
        title: `Where the time goes in ${job.title}: ms a step (share)`,
        head: ['', 'steps a second', 'bytes a step', ...PARTS, 'other'],
        rows: results.flatMap((result) => ('missing' in result ? [] : [shares(result)])),
      })),
      notes: [
        ...raced.map(({ job, plan }) => `${job.title}: ${describePlan(plan)}`),
        TWO_THREADS_NOTE,
        AIM,
        ...simdNotes(raced[0]!.results),
        ...missingNotes(raced[0]!.results),
      ],
    };
  },
};

async function raceJob(job: Job, { quick, python, onProgress }: SuiteContext) {
  const { usual, quick: few } = job.iterations;
  const plan: Plan = { rounds: quick ? 1 : 3, turnMs: 0, warmUpMs: 0, iterations: quick ? few : usual };
  const contender = (options: object) => nodeContender(job.contender, { backend: 'wasm', ...options });
  const entries: Entry[] = [
    { name: 'our kernels', command: contender({ fastKernels: true }) },
    { name: 'our kernels, two threads', command: twoThreads(contender({ fastKernels: true, threads: 2 })) },
    { name: 'stock tfjs wasm', command: contender({ fastKernels: false }) },
  ];
  if (job.torch) {
    const torch = { needs: 'torch', ...job.torch } as const;
    entries.push(
      { name: 'PyTorch eager', command: pythonPeer(python, torch) },
      {
        name: 'PyTorch eager, two threads',
        command: twoThreads(pythonPeer(python, { ...torch, threads: 2 })),
      },
    );
  }
  const results = await race(entries, plan, onProgress);
  return { job, plan, results: results as [Outcome, Outcome, Outcome, ...Outcome[]] };
}

function shares({ name, details }: Result): string[] {
  const [whole, steps] = [details.whole!, details.steps!];
  const known = PARTS.map((part) => details[part]!);
  const other = whole - known.reduce((sum, part) => sum + part, 0);
  const cell = (part: number) => `${(part / steps).toFixed(3)} (${((100 * part) / whole).toFixed(1)} %)`;
  const bytes = details.bytes === undefined ? '–' : (details.bytes / steps).toFixed(0);
  return [name, ((1000 * steps) / whole).toFixed(0), bytes, ...[...known, other].map(cell)];
}
