import { listExperiments } from '../experiments.js';
import type { Run } from '../run-file.js';
import type { Results } from './select.js';

/** What the page is, how to make it again, and how to read it. */
export function introduction({ configuration, runs }: Results): string[] {
  const planned = listExperiments(configuration);
  const done = planned.flatMap(({ id }) => runs.get(id) ?? []);
  const minutes = done.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  const time = minutes < 90 ? `${minutes.toFixed(0)} minutes` : `${(minutes / 60).toFixed(1)} hours`;
  const facts = [
    `${done.length} of ${planned.length} experiments have been run, which took ${time} in all.`,
    ...new Set(done.map(machineLine)),
  ];
  return [ABOUT, COMMANDS, facts.map((fact) => `- ${fact}`).join('\n'), HOW_TO_READ];
}

const ABOUT = `How well DRR recommends, in its variants, beside what it must beat. Written by \`npm run bench -- results\` from
[the configuration](apps/benchmark/results/config.json) and [what each experiment measured](apps/benchmark/results/runs);
not edited by hand.`;

const COMMANDS = `\`\`\`sh
npm run bench -- results                           # runs what is missing, then writes this page; goes on after an interruption
npm run bench -- results --only ml-100k/residual   # runs only experiments whose id has this in it
npm run bench -- results --quick                   # one seed on MovieLens 100K, printed, in minutes
\`\`\``;

const HOW_TO_READ = `Figures are means over seeds ± half of their 95 % t-interval; one without ± is of one seed, or the same with every
seed. What shows “–” has not been run. To run an experiment again, delete its file. \`RL_RECSYS_DATA\` names a folder that has
\`ml-100k\`, \`ml-1m\` and \`jester\`; without it MovieLens is downloaded, and Jester left out.`;

function machineLine({ machine: { cpu, cores, memoryGiB, platform, node, tfjs } }: Run): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}; Node.js ${node}, TensorFlow.js ${tfjs} (WebAssembly).`;
}
