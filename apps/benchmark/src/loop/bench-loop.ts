import { setImmediate } from 'node:timers/promises';
import Table from 'cli-table3';
import { median } from 'simple-statistics';
import { startBackend } from '../contenders/backend.js';
import { KeptRepetitions } from './kept-repetitions.js';
import { repeatLoop, type CanaryOutcome, type Repetition } from './repetition.js';
import { makeSetting, type Setting } from './setting.js';

/** How often the loop is repeated, and where it is written down: repetitions that stand there are not made again. */
export interface LoopOptions {
  readonly repetitions: number;
  readonly file?: string | undefined;
}

/** Repetitions in one world, whose vectors are fitted once. */
const IN_A_WORLD = 5;

/**
 * Repeats the loop of a service that learns, without HTTP: serve, log, learn, judge off-policy, try in a canary. It fails where
 * versions that are no better are promoted in more than 5 %, the canary's interval holds the truth in less than 95 %, or
 * doubly robust's interval of near steps in less than 90 %.
 */
export async function benchLoop({ repetitions, file }: LoopOptions): Promise<void> {
  await startBackend({ backend: 'wasm', fastKernels: true, relaxedSimd: false });
  let setting: Setting | undefined;
  const kept = new KeptRepetitions(file);
  let isInterrupted = false;
  process.once('SIGINT', () => (isInterrupted = true)); // what is done is reported then
  for (let seed = 1; seed <= repetitions && !isInterrupted; seed++) {
    if (kept.has(seed)) continue;
    const world = Math.ceil(seed / IN_A_WORLD);
    if (setting?.seed !== world) {
      setting?.dispose();
      setting = makeSetting(world);
    }
    const began = process.cpuUsage().user;
    const repetition = repeatLoop(setting, seed);
    const seconds = Number(((process.cpuUsage().user - began) / 1e6).toFixed(1));
    kept.add({ seed, world, seconds, ...repetition });
    console.error(`repetition ${seed}: ${seconds} s`);
    await setImmediate(); // for the signal
  }
  process.exitCode = report(kept.upTo(repetitions)) ? 0 : 1;
}

function report(done: readonly Repetition[]): boolean {
  const table = new Table({
    head: ['canary of', 'true gain', 'promoted', 'rejected', 'sessions', 'inside'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, // no lines between rows
  });
  for (const name of ['learned', 'same', 'worse'] as const) {
    const outcomes = done.flatMap(({ canaries }) => canaries[name]);
    const count = (is: (outcome: CanaryOutcome) => boolean) => outcomes.filter(is).length;
    table.push([
      name,
      median(outcomes.map(({ truth }) => truth)).toFixed(2),
      count(({ decision }) => decision === 'promote'),
      count(({ decision }) => decision === 'reject'),
      median(outcomes.map(({ sessions }) => sessions)).toFixed(0),
      count(({ isInside }) => isInside),
    ]);
  }
  console.log(table.toString());

  const canaries = done.flatMap((each) => Object.values(each.canaries).flat());
  const noBetter = canaries.filter(({ truth }) => truth <= 0);
  const judged = done.flatMap(({ serving, step: { truth, judged: all } }) =>
    all.map((each) => ({ ...each, truth, isBetter: truth > serving })),
  );
  const steps = judged.filter(({ effectiveSampleSize }) => effectiveSampleSize >= 100);
  const share = (part: readonly unknown[], of: readonly unknown[]) => part.length / Math.max(1, of.length);
  const wrong = share(
    noBetter.filter(({ decision }) => decision === 'promote'),
    noBetter,
  );
  const inside = share(
    canaries.filter(({ isInside }) => isInside),
    canaries,
  );
  const stepInside = share(
    steps.filter(({ low, high, truth }) => low <= truth && truth <= high),
    steps,
  );
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  console.log(`${done.length} repetitions`);
  console.log(`versions no better that were promoted: ${percent(wrong)} of ${noBetter.length} (at most 5 %)`);
  console.log(
    `canaries' intervals that held the truth: ${percent(inside)} of ${canaries.length} (at least 95 %)`,
  );
  console.log(
    `doubly robust's intervals of near steps that held it: ${percent(stepInside)} of ${steps.length} with enough overlap (at least 90 %)`,
  );
  const published = judged.filter(({ publish }) => publish);
  console.log(
    `near steps published: ${published.length} of ${judged.length}, no better: ${published.filter(({ isBetter }) => !isBetter).length}`,
  );
  return wrong <= 0.05 && inside >= 0.95 && stepInside >= 0.9;
}
