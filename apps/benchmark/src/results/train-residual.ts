import { train, type TrainingMetrics } from '@rl-recsys/agent';
import {
  firstGates,
  residualFromLog,
  staticMix,
  vectorPolicy,
  weighBlocks,
  type ResidualAgent,
} from '@rl-recsys/drr';
import type { Policy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { stateLayers } from '@rl-recsys/state';
import type { ResidualOptions } from './configuration.js';
import type { LoadedSplit } from './load-split.js';

/** γ and N of the default variant, as by default: what goes on learning after training needs them too. */
export const [GAMMA, BATCH_SIZE] = [0.5, 128];

/** A policy that was trained on the training part of a log, and what it must be compared with. */
export interface TrainedVariant {
  readonly policy: Policy;
  /** Policies that rank by the same vectors without having learned anything beside them; matrix factorisation first. */
  readonly baselines: readonly [Policy, ...Policy[]];
  /** How training went. */
  readonly metrics: readonly TrainingMetrics[];
}

/** Trains DRR's default variant, and gives the agent too: the policy is what it was at the end of training. */
export async function trainResidual(
  { split, historySize }: LoadedSplit,
  { seed, steps: asked, stateModule, replay, trainableEmbeddings = false }: ResidualOptions,
): Promise<TrainedVariant & { readonly agent: ResidualAgent }> {
  const { agent, environment, steps, tables } = residualFromLog(split.train, {
    ...{ historySize, gamma: GAMMA, batchSize: BATCH_SIZE },
    ...(asked === undefined ? {} : { steps: asked }),
    ...(replay === 'prioritized' ? { prioritized: {} } : {}),
    stateLayer: stateLayers[stateModule],
    trainableItems: trainableEmbeddings,
    random: Random.fromSeed(seed),
  });
  const metrics: TrainingMetrics[] = [];
  await train({ agent, environment, steps, onMetrics: (line) => void metrics.push(line) });
  const { blocks } = agent.learner.savedPolicy();
  const mix = (name: string, weights: Readonly<Record<string, number>>) =>
    vectorPolicy(name, weighBlocks(tables, blocks, weights));
  return {
    ...{ agent, policy: agent.policy(), metrics },
    baselines: [mix('matrix factorisation', firstGates), mix('static mix', staticMix)],
  };
}
