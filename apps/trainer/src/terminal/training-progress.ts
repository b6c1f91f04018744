import type { TrainingMetrics } from '@rl-recsys/agent';
import { progressOf } from './progress.js';

/** The progress of training: steps, time left, rate, recent reward; figures are in the page and in `metrics.jsonl`. */
export function trainingProgress(steps: number): { show(line: TrainingMetrics): void; stop(): void } {
  const progress = progressOf('training', 'steps');
  return {
    show: ({ step, reward, stepsPerSecond }) =>
      progress.show(step, Math.max(steps, step), [
        `reward ${reward.toPrecision(3)}`,
        `${stepsPerSecond.toFixed(0)}/s`,
      ]),
    stop: () => progress.stop(),
  };
}
