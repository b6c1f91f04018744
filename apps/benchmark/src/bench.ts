import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { compareWith } from './compare-with.js';
import { formatMarkdown, withSection } from './harness/markdown.js';
import { formatReport } from './harness/print.js';
import { findPython } from './harness/python.js';
import { runSuite } from './harness/run-suite.js';
import { suites } from './suites/index.js';
import type { SuiteContext } from './suites/suite.js';

const PAGE = fileURLToPath(new URL('../../../BENCHMARKS.md', import.meta.url));

const program = new Command('bench').description('Measures how well and how fast agents learn.');

for (const suite of suites) {
  program
    .command(suite.name)
    .description(suite.about)
    .option('--json', 'prints one JSON object and nothing else, times in milliseconds')
    .option('--quick', 'few rounds and sizes: to see that it works')
    .option('--write', 'writes its section of BENCHMARKS.md too')
    .action(async ({ json = false, quick = false, write = false }: Record<string, boolean>) => {
      const report = await runSuite(suite, contextOf(quick));
      console.log(json ? JSON.stringify(report) : formatReport(report));
      if (write) writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), report));
    });
}

program
  .command('all')
  .description('all of the suites above, written to BENCHMARKS.md')
  .option('--quick', 'few rounds and sizes; the file says so')
  .option('--output <file>', 'where to', PAGE)
  .action(async ({ quick = false, output }: { quick?: boolean; output: string }) => {
    const context = contextOf(quick);
    const reports = [];
    for (const suite of suites) {
      const report = await runSuite(suite, context);
      console.log(formatReport(report));
      reports.push(report);
    }
    writeFileSync(output, formatMarkdown(reports));
    console.error(`Wrote ${output}`);
  });

program
  .command('compare')
  .description('measures the suite of an older report anew, and names what became slower than noise')
  .argument('<older.json>', 'what a suite printed with --json, on this machine')
  .action(async (file: string) => {
    const slower = await compareWith(file, contextOf);
    if (slower.length === 0) return;
    console.error(`${slower.length} slower: ${slower.join('; ')}`);
    process.exitCode = 1;
  });

program
  .command('pendulum')
  .description(
    'DDPG, TD3 and SAC on Pendulum-v1: mean return of 100 episodes after 20,000 steps, five seeds each',
  )
  .option('--quick', 'one seed of each, and an error where one stays below −200')
  .action(async ({ quick = false }: { quick?: boolean }) => {
    const { benchPendulum } = await import('./pendulum.js');
    await benchPendulum({ seeds: quick ? [1] : [1, 2, 3, 4, 5] });
  });

program
  .command('cart-pole')
  .description('DQN on CartPole-v1: mean return of 100 episodes after 50,000 steps, three seeds')
  .option('--quick', 'one seed, and an error where it stays below 475')
  .action(async ({ quick = false }: { quick?: boolean }) => {
    const { benchCartPole } = await import('./cart-pole.js');
    await benchCartPole({ seeds: quick ? [1] : [1, 2, 3] });
  });

program
  .command('loop')
  .description(
    'serve, log, learn, judge, canary in simulation: how often decisions are wrong and intervals miss',
  )
  .option(
    '--repetitions <n>',
    'how often, about 20 CPU seconds each; Ctrl-C reports what is done',
    positiveInteger,
    100,
  )
  .option(
    '--file <file>',
    'where they are written down, a line each: those that stand there are not made again',
  )
  .action(async (options: { repetitions: number; file?: string }) => {
    const { benchLoop } = await import('./loop/bench-loop.js');
    await benchLoop(options);
  });

program
  .command('results')
  .description('what DRR and its baselines achieve, written to RESULTS.md; goes on where it was interrupted')
  .option('--quick', 'one seed on MovieLens 100K, printed to the terminal')
  .option(
    '--only <text>',
    'runs only experiments whose id has this in it, such as moving or ml-100k/residual',
  )
  .option('--jobs <n>', 'how many run at once', positiveInteger, 1)
  .action(async (options: { quick?: boolean; only?: string; jobs: number }) => {
    const { makeResults } = await import('./results/results.js');
    const failed = await makeResults({ ...options, quick: options.quick ?? false });
    if (failed.length === 0) return;
    console.error(`${failed.length} failed: ${failed.join(', ')}`);
    process.exitCode = 1;
  });

await program.parseAsync();

function contextOf(quick: boolean): SuiteContext {
  return { quick, python: findPython(), onProgress: (line) => console.error(line) };
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError(`expected a positive integer, got ${text}`);
}
