import type { Command } from '../harness/child.js';
import { race, type Entry, type Outcome, type Plan } from '../harness/race.js';
import { compare, describePlan, missingNotes } from '../harness/report.js';
import { findNodes, type NodeRelease } from '../harness/nodes.js';
import { nodeContender, type Suite } from './suite.js';
import { DEFAULT_BATCH, updateDefault } from './update-default.js';

const CHROMIUM = 'Chromium';

/** One thread each. */
const works = [
  {
    name: 'paper, batch 64',
    by: (node: string) =>
      nodeContender('update', { batchSize: 64, backend: 'wasm', fastKernels: true, fusedStep: true }, node),
    inChromium: inChromium({ batchSize: 64, isDefault: false }),
  },
  {
    name: 'default variant, batch 128',
    by: (node: string) => updateDefault({}, node),
    inChromium: inChromium({ batchSize: DEFAULT_BATCH, isDefault: true }),
  },
];

/** The same updates by releases of Node.js, whose V8s compile WebAssembly otherwise, and by Chromium. */
export const nodesSuite: Suite = {
  name: 'nodes',
  about:
    'The updates of both variants by several releases of Node.js, which npm fetches, and in headless Chromium: the same kernels, compiled by ' +
    'another V8. The peer is the oldest release.',
  unit: 'ms',
  async run({ quick, onProgress }) {
    const plan: Plan = quick
      ? { rounds: 3, turnMs: 150, warmUpMs: 400 }
      : { rounds: 8, turnMs: 400, warmUpMs: 3000 };
    const nodes = findNodes();
    const raced: Outcome[][] = [];
    for (const { name, by, inChromium } of works) {
      onProgress(name);
      const entries = nodes.map<Entry>((node) => {
        return { name: nameOf(node), command: 'unavailable' in node ? node : by(node.file) };
      });
      entries.push({ name: CHROMIUM, command: inChromium });
      raced.push(await race(entries, plan, onProgress));
    }
    return {
      cases: raced.flatMap(([oldest, ...newer], work) =>
        newer.flatMap((each) => compare(`${works[work]!.name}: ${each.name}`, each, [oldest!])),
      ),
      tables: [
        {
          title: 'Releases: ms an update, median (min)',
          head: ['', 'V8 or Chromium', 'relaxed SIMD', ...works.map(({ name }) => name)],
          rows: raced[0]!.map((outcome, place) => [
            outcome.name,
            engineOf(nodes[place], outcome),
            relaxedSimd(outcome),
            ...raced.map((outcomes) => milliseconds(outcomes[place]!)),
          ]),
        },
      ],
      notes: [describePlan(plan), NEEDS, ...missingNotes(raced.flat())],
    };
  },
};

const NEEDS =
  'What the kernels need: WebAssembly with SIMD, which each of them has. They fuse multiplications and additions where there is relaxed ' +
  'SIMD: Node.js 20 has it behind a flag of V8, which `installFastKernels` sets; Node.js 22 and 24, and Chromium from 114 on, have it as it is.';

function inChromium(options: { readonly batchSize: number; readonly isDefault: boolean }): Command {
  return nodeContender('browser', { backend: 'wasm', fusedStep: true, ...options });
}

function engineOf(node: NodeRelease | undefined, outcome: Outcome): string {
  if (node) return 'unavailable' in node ? '–' : node.v8;
  return 'missing' in outcome ? '–' : String(outcome.about.browser);
}

function nameOf({ major }: NodeRelease): string {
  return `Node.js ${major}`;
}

function relaxedSimd(outcome: Outcome): string {
  if ('missing' in outcome) return '–';
  return outcome.about.relaxedSimd ? 'yes' : 'no';
}

function milliseconds(outcome: Outcome): string {
  return 'missing' in outcome ? '–' : `${outcome.median.toFixed(2)} (${outcome.min.toFixed(2)})`;
}
