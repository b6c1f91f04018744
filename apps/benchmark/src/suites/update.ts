import { pythonPeer } from '../harness/python.js';
import { race, type Entry, type Outcome, type Plan } from '../harness/race.js';
import { compare, describePlan, missingNotes, simdNotes, type Case } from '../harness/report.js';
import { SIZES } from '../sizes.js';
import { nodeContender, TWO_THREADS_NOTE, twoThreads, type Suite, type SuiteContext } from './suite.js';

const AIM =
  'What is aimed at of PyTorch’s one thread: .50 with batches of 32, .65 with 64, .70 with 256 by two threads. ' +
  'The larger a batch, the more of its time is products, where PyTorch’s vectors have 8 or 16 numbers and ' +
  'WebAssembly’s 4.';

const OURS = [
  'autograd + kernels',
  'fused step',
  'fused step, plain SIMD',
  'autograd + kernels, two threads',
  'fused step, two threads',
];

/** They stand in the table of backends alone. */
const IN_CHROMIUM = ['wasm in Chromium', 'webgl in Chromium', 'webgpu in Chromium'];

/** How long one update takes, beside PyTorch and stock TensorFlow.js. */
export const updateSuite: Suite = {
  name: 'update',
  about:
    `One DrrAgent.learn: critic, actor, state module and all targets, from a batch in typed arrays to losses ` +
    `and TD errors in typed arrays. k = ${SIZES.embeddingSize}, n = ${SIZES.historySize}, hidden layers of ` +
    `${SIZES.hiddenSize}, ${SIZES.users} users, ${SIZES.items} items. PyTorch makes the same update ` +
    `(\`peers/drr_torch.py\`; a test compares the losses).`,
  unit: 'ms',
  async run(context) {
    const plan: Plan = context.quick
      ? { rounds: 3, turnMs: 150, warmUpMs: 400 }
      : { rounds: 8, turnMs: 400, warmUpMs: 3000 };
    const batchSizes = [32, 64, 256];
    const cases: Case[] = [];
    const outcomes: Outcome[][] = [];
    for (const batchSize of batchSizes) {
      context.onProgress(`batch ${batchSize}`);
      const results = await race(entries(batchSize, context), plan, context.onProgress);
      const peers = results.filter(({ name }) => ![...OURS, ...IN_CHROMIUM].includes(name));
      for (const ours of results.filter(({ name }) => OURS.includes(name))) {
        cases.push(...compare(`batch ${batchSize}: ${ours.name}`, ours, peersOf(ours, peers)));
      }
      outcomes.push(results);
    }
    const backends = outcomes[0]!.map(({ name }, contender) => [
      TITLES[name] ?? name,
      ...outcomes.map((results) => milliseconds(results[contender]!)),
    ]);
    return {
      cases,
      tables: [
        {
          title: 'Backends: ms an update, median (min)',
          head: ['computed by', ...batchSizes.map((size) => `batch ${size}`)],
          rows: backends,
        },
      ],
      notes: [
        describePlan(plan),
        TWO_THREADS_NOTE,
        AIM,
        ...simdNotes(outcomes.flat()),
        ...rendererNotes(outcomes.flat()),
        ...missingNotes(outcomes.flat()),
      ],
    };
  },
};

/** Ours with two threads meets PyTorch with one and with two; ours with one meets whoever has one. */
function peersOf(ours: Outcome, peers: readonly Outcome[]): Outcome[] {
  return ours.name.endsWith('two threads')
    ? peers.filter(({ name }) => name.startsWith('PyTorch'))
    : peers.filter(({ name }) => !name.endsWith('two threads'));
}

/** What the contenders are, for the table of backends. */
const TITLES: Readonly<Record<string, string>> = {
  'autograd + kernels': 'tfjs wasm, our kernels, autograd',
  'wasm in Chromium': 'tfjs wasm, our kernels, fused step, in Chromium',
  'fused step': 'tfjs wasm, our kernels, fused step',
  'fused step, plain SIMD': 'tfjs wasm, our kernels with plain SIMD, fused step',
  'autograd + kernels, two threads': 'tfjs wasm, our kernels, autograd, two threads',
  'fused step, two threads': 'tfjs wasm, our kernels, fused step, two threads',
};

function entries(batchSize: number, { python }: SuiteContext): Entry[] {
  const ours = (options: object) => nodeContender('update', { batchSize, backend: 'wasm', ...options });
  const inBrowser = (backend: string) =>
    nodeContender('browser', { batchSize, backend, fusedStep: backend === 'wasm' });
  const torch = { needs: 'torch', script: 'update_torch.py', options: { batchSize, sizes: SIZES } } as const;
  return [
    { name: 'autograd + kernels', command: ours({ fastKernels: true, fusedStep: false }) },
    { name: 'fused step', command: ours({ fastKernels: true, fusedStep: true }) },
    {
      name: 'fused step, plain SIMD',
      command: ours({ fastKernels: true, fusedStep: true, relaxedSimd: false }),
    },
    {
      name: 'autograd + kernels, two threads',
      command: twoThreads(ours({ fastKernels: true, fusedStep: false, threads: 2 })),
    },
    {
      name: 'fused step, two threads',
      command: twoThreads(ours({ fastKernels: true, fusedStep: true, threads: 2 })),
    },
    { name: 'PyTorch eager', command: pythonPeer(python, torch) },
    {
      name: 'PyTorch eager, two threads',
      command: twoThreads(pythonPeer(python, { ...torch, threads: 2 })),
    },
    { name: 'stock tfjs wasm', command: ours({ fastKernels: false, fusedStep: false }) },
    { name: 'stock tfjs cpu', command: ours({ backend: 'cpu', fastKernels: false, fusedStep: false }) },
    ...IN_CHROMIUM.map((name) => ({ name, command: inBrowser(name.split(' ')[0]!) })),
  ];
}

/** Without a graphics card Chromium draws in software, on all cores. */
function rendererNotes(outcomes: readonly Outcome[]): string[] {
  const remark = (renderer: string) =>
    renderer.includes('SwiftShader') ? ', which draws in software, on all cores' : '';
  const lines = outcomes.flatMap((each) =>
    'about' in each && 'renderer' in each.about
      ? `${each.name}: ${String(each.about.browser)}, computed by ${String(each.about.renderer)}${remark(String(each.about.renderer))}`
      : [],
  );
  return [...new Set(lines)];
}

function milliseconds(outcome: Outcome): string {
  return 'missing' in outcome ? '–' : `${outcome.median.toFixed(2)} (${outcome.min.toFixed(2)})`;
}
