import type { TrainingMetrics } from '@rl-recsys/metrics';

/** A line of metrics with some changes. */
export function lineAt(step: number, changes: Partial<TrainingMetrics> = {}): TrainingMetrics {
  return {
    ...{ step, episodes: step / 10, reward: 0.5, episodeReturn: null, episodeLength: null },
    ...{ figures: { criticLoss: 1.5 }, histograms: {}, seconds: step / 100, stepsPerSecond: 100 },
    ...changes,
  };
}
