import { describeMachine } from '../harness/machine.js';
import type { Experiment } from './experiments.js';
import type { Measured } from './measured.js';
import { writeRun } from './run-file.js';

/** The child's side: `node run-experiment.js EXPERIMENT FILE`, the experiment as JSON. */
const [given, file] = process.argv.slice(2) as [string, string];
const experiment = JSON.parse(given) as Experiment;
const startedAt = performance.now();
const measured = await run(experiment);
const { cpu, cores, memoryGiB, platform, node, tfjs, date } = describeMachine(undefined);
writeRun(file, {
  ...experiment,
  machine: { cpu, cores, memoryGiB, platform, node, tfjs, date },
  seconds: Math.round((performance.now() - startedAt) / 1000),
  measured,
});

/** Each kind is imported where it is needed: the others may need what is not there. */
async function run(what: Experiment): Promise<Measured> {
  switch (what.kind) {
    case 'log':
      return (await import('./run-log.js')).runLog(what);
    case 'recommending':
      return (await import('./run-recommending.js')).runRecommending(what);
    case 'baselines':
      return (await import('./run-baselines.js')).runBaselines(what);
    case 'simulator':
      return (await import('./run-simulator.js')).runSimulator(what);
    case 'moving':
      return (await import('./run-moving.js')).runMoving(what);
  }
}
