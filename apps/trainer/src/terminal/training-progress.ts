import type { TrainingMetrics } from '@rl-recsys/agent';
import { progressBar } from './progress.js';

/** The progress of training: steps, rate, time left, recent reward and the agent's figures. */
export function trainingProgress(steps: number): { show(line: TrainingMetrics): void; stop(): void } {
  const bar = progressBar(
    'training   [{bar}] {value}/{total} steps | {rate}/s | {eta_formatted} left | reward {reward}{figures}',
  );
  return {
    show: ({ step, reward, figures, seconds }) =>
      bar.update(step, {
        total: Math.max(steps, step),
        rate: (step / seconds).toFixed(0),
        reward: reward.toPrecision(3),
        figures: Object.entries(figures).map(figure).join(''),
      }),
    stop: () => bar.stop(),
  };
}

/** Such as ` | critic loss 0.123`. */
function figure([name, value]: readonly [string, number | null]): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return ` | ${words} ${value?.toPrecision(3) ?? '–'}`;
}
