import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { chooseScenario } from '../options/choose.js';
import { parseTrainOptions } from '../options/parse.js';
import { writeJson } from '../run/files.js';
import { nextCommand } from '../terminal/next-command.js';
import { printResult, say } from '../terminal/output.js';
import { progressOf } from '../terminal/progress.js';
import { combinationsOf, type Combination } from './combinations.js';
import { stepsOfRounds, survivors } from './halving.js';
import { trialsHere } from './here.js';
import { sweepPage } from './page.js';
import { Results } from './results.js';
import { readSweepFile, type SweepFile } from './sweep-file.js';
import { sweepTable, valueOf, type Tried } from './table.js';
import { nameOf, type Outcome, type Trial, type TrialRunner } from './trial.js';

/** What `sweep` takes. */
export interface SweepOptions {
  readonly file: string;
  /** Where results are kept (default: `sweeps/` and the name of the file). */
  readonly output?: string;
  readonly jobs: number;
  /** The Redis by which workers get trials (default: they are run here). */
  readonly redis?: string;
  readonly group: string;
}

/** Trains every combination of options with every seed, and says which is best; what is done already is not done again. */
export async function sweep({ file, output, jobs, redis, group }: SweepOptions): Promise<void> {
  const given = await readSweepFile(file);
  const combinations = combinationsOf(given);
  for (const each of combinations) assertTrainable({ ...given.train, ...each });
  const folder = output ?? join('sweeps', basename(file, extname(file)));
  const results = await Results.open(join(folder, 'results.jsonl'));
  const runner = await runnerOf(redis, group, jobs);
  try {
    const tried = await runRounds(given, combinations, recorded(runner, results));
    const table = sweepTable(tried, given);
    await writeFile(join(folder, 'report.html'), sweepPage(basename(folder), tried, given));
    const [best] = table.ranked;
    await writeJson(folder, 'best.json', { ...given.train, ...best!.combination });
    printResult(table.text, { sweep: folder, ranked: table.ranked });
    say(`Saved ${folder}; open ${join(folder, 'report.html')} in a browser. The best one is trained by:`);
    say(`  ${nextCommand('train', ['--config', join(folder, 'best.json')])}`);
  } finally {
    await runner.close();
  }
}

async function runnerOf(redis: string | undefined, group: string, jobs: number): Promise<TrialRunner> {
  if (redis === undefined) return trialsHere(jobs);
  const { trialsElsewhere } = await import('./queue.js');
  say(`Waiting for workers: ${nextCommand('sweep-worker', ['--redis', 'URL', '--group', group])}`);
  return trialsElsewhere(redis, group);
}

/** A runner that looks up what is done already, and writes down what is done now. */
function recorded(runner: TrialRunner, results: Results): (trial: Trial) => Promise<Outcome> {
  return async (trial) => {
    const name = nameOf(trial);
    const known = results.of(name);
    if (known) return known;
    const outcome = await runner.run(trial);
    await results.add(name, trial, outcome);
    return outcome;
  };
}

/** All rounds, of which each takes the best of the one before. What comes of them does not depend on which trial ends first. */
async function runRounds(
  sweep: SweepFile,
  combinations: readonly Combination[],
  run: (trial: Trial) => Promise<Outcome>,
): Promise<Tried[]> {
  const { train, seeds, figure, halving } = sweep;
  const all: Tried[] = [];
  let going = combinations;
  for (const [round, steps] of stepsOfRounds(sweep).entries()) {
    const progress = progressOf(`round ${round + 1}`, 'trials');
    let done = 0;
    const tried = await Promise.all(
      going.map(async (combination) => {
        const outcomes = await Promise.all(
          seeds.map(async (seed) => {
            const options = { ...train, ...combination, ...(steps !== undefined && { steps }), seed };
            const outcome = await run({ options, figure });
            progress.show((done += 1), going.length * seeds.length);
            if (outcome.error !== null) say(`${JSON.stringify(combination)}, seed ${seed}: ${outcome.error}`);
            return outcome;
          }),
        );
        return { combination, round, outcomes };
      }),
    );
    progress.stop();
    all.push(...tried);
    const kept = survivors(tried, halving?.factor ?? 1, (each) => valueOf(each, sweep));
    going = kept.map(({ combination }) => combination);
  }
  return all;
}

/** Refuses options of which the first trial would tell only after a while; those of an environment depend on what it is. */
function assertTrainable(options: Readonly<Record<string, unknown>>): void {
  if (chooseScenario(options).kind === 'log' || options['variant'] !== undefined) parseTrainOptions(options);
}
