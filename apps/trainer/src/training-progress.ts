import type { TrainingMetrics } from './metrics.js';
import { progressBar } from './progress.js';

/** The progress of DRR's training: steps, rate, time left, recent reward and losses. */
export function trainingProgress(steps: number): { show(line: TrainingMetrics): void; stop(): void } {
  const bar = progressBar(
    'training   [{bar}] {value}/{total} steps | {rate}/s | {eta_formatted} left | ' +
      'reward {reward} | critic loss {criticLoss} | actor loss {actorLoss}',
  );
  const figure = (value: number | null) => value?.toPrecision(3) ?? '–';
  return {
    show: ({ step, reward, criticLoss, actorLoss, seconds }) =>
      bar.update(step, {
        total: steps,
        rate: (step / seconds).toFixed(0),
        reward: figure(reward),
        criticLoss: figure(criticLoss),
        actorLoss: figure(actorLoss),
      }),
    stop: () => bar.stop(),
  };
}
