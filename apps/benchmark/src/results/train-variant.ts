import { Random } from '@rl-recsys/random';
import type { TrainedRecommender } from '@rl-recsys/trainer/recommender';
import type { TrainingMetrics } from '@rl-recsys/trainer/metrics';
import { trainPaper } from '@rl-recsys/trainer/variants/paper';
import { trainResidualVariant } from '@rl-recsys/trainer/variants/residual';
import type { LoadedSplit } from './load-split.js';

/** Trains DRR on the training part exactly as `npm run train` does. */
export async function trainVariant({ options, split }: LoadedSplit): Promise<{
  readonly recommender: TrainedRecommender;
  readonly metrics: readonly TrainingMetrics[];
}> {
  const metrics: TrainingMetrics[] = [];
  const train = options.variant === 'paper' ? trainPaper : trainResidualVariant;
  const recommender = await train({
    train: split.train,
    options,
    random: Random.fromSeed(options.seed),
    onMetrics: (line) => void metrics.push(line),
  });
  return { recommender, metrics };
}
