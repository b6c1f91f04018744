import { race, type Entry, type Outcome, type Plan } from '../harness/race.js';
import { compare, describePlan, missingNotes } from '../harness/report.js';
import { findNodes, type NodeRelease } from '../harness/nodes.js';
import { nodeContender, type Suite } from './suite.js';
import { updateDefault } from './update-default.js';

/** One thread each. */
const works = [
  {
    name: 'paper, batch 64',
    by: (node: string) =>
      nodeContender('update', { batchSize: 64, backend: 'wasm', fastKernels: true, fusedStep: true }, node),
  },
  { name: 'default variant, batch 128', by: (node: string) => updateDefault({}, node) },
];

/** The same updates by releases of Node.js, whose V8s compile WebAssembly otherwise. */
export const nodesSuite: Suite = {
  name: 'nodes',
  about:
    'The updates of both variants by several releases of Node.js, which npm fetches: the same kernels, compiled by another V8. The peer is the ' +
    'oldest release.',
  unit: 'ms',
  async run({ quick, onProgress }) {
    const plan: Plan = quick
      ? { rounds: 3, turnMs: 150, warmUpMs: 400 }
      : { rounds: 8, turnMs: 400, warmUpMs: 3000 };
    const nodes = findNodes();
    const raced: Outcome[][] = [];
    for (const { name, by } of works) {
      onProgress(name);
      const entries = nodes.map<Entry>((node) => {
        return { name: nameOf(node), command: 'unavailable' in node ? node : by(node.file) };
      });
      raced.push(await race(entries, plan, onProgress));
    }
    return {
      cases: raced.flatMap(([oldest, ...newer], work) =>
        newer.flatMap((each) => compare(`${works[work]!.name}: ${each.name}`, each, [oldest!])),
      ),
      tables: [
        {
          title: 'Releases: ms an update, median (min)',
          head: ['', 'V8', 'relaxed SIMD', ...works.map(({ name }) => name)],
          rows: nodes.map((node, place) => [
            nameOf(node),
            'unavailable' in node ? '–' : node.v8,
            relaxedSimd(raced[0]![place]!),
            ...raced.map((outcomes) => milliseconds(outcomes[place]!)),
          ]),
        },
      ],
      notes: [describePlan(plan), ...missingNotes(raced.flat())],
    };
  },
};

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
