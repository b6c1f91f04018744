import { say } from '../terminal/output.js';
import { untilStopped } from '../terminal/stop-signals.js';
import { workOnTrials } from './queue.js';

/** Runs trials of sweeps on other machines until a signal stops it. */
export async function sweepWorker({ redis, group }: { redis: string; group: string }): Promise<void> {
  say('Waiting for trials');
  const { code } = await untilStopped((signal) =>
    workOnTrials(redis, group, {
      signal,
      onTrial(name, outcome) {
        if (!outcome) say(`${name}: begins`);
        else say(`${name}: ${outcome.error ?? outcome.value} after ${outcome.seconds.toFixed(1)} s`);
      },
    }),
  );
  process.exitCode = code ?? 0;
}
