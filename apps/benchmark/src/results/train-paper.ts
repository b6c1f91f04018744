import { train, type TrainingMetrics } from '@rl-recsys/agent';
import { td3 } from '@rl-recsys/ddpg';
import { drrFromLog, vectorPolicy } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { stateLayers } from '@rl-recsys/state';
import type { PaperOptions } from './configuration.js';
import type { LoadedSplit } from './load-split.js';
import type { TrainedVariant } from './train-residual.js';

/** Trains DRR to the letter of the paper. */
export async function trainPaper(
  { split, historySize }: LoadedSplit,
  { seed, steps: asked, stateModule, replay, embeddingSize, algorithm }: PaperOptions,
): Promise<TrainedVariant> {
  const random = Random.fromSeed(seed);
  const { agent, environment, steps, tables } = drrFromLog(split.train, {
    ...(asked === undefined ? {} : { steps: asked }),
    ...(embeddingSize === undefined ? {} : { embeddingSize }),
    ...(replay === 'uniform' ? { prioritized: false } : {}),
    ...(algorithm === 'td3' ? td3(random.fork('target smoothing')) : {}),
    ...{ historySize, stateLayer: stateLayers[stateModule], random },
  });
  const metrics: TrainingMetrics[] = [];
  await train({ agent, environment, steps, onMetrics: (line) => void metrics.push(line) });
  const policy = agent.policy();
  agent.dispose();
  return { policy, baselines: [vectorPolicy('matrix factorisation', tables)], metrics };
}
