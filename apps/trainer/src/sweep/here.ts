import { runTrial } from './run-trial.js';
import type { Outcome, Trial, TrialRunner } from './trial.js';

/** Runs trials on this machine, so many at once. */
export function trialsHere(jobs: number): TrialRunner {
  const abort = new AbortController();
  const waiting: (() => void)[] = [];
  let running = 0;
  const turn = () => {
    if (running < jobs) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  const handOn = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  return {
    async run(trial: Trial): Promise<Outcome> {
      await turn();
      try {
        return await runTrial(trial, abort.signal);
      } finally {
        handOn();
      }
    },
    close() {
      abort.abort();
      return Promise.resolve();
    },
  };
}
