import { Random } from '@rl-recsys/random';
import { useWasmBackend } from '@rl-recsys/trainer/backend';
import type { TrainingMetrics } from '@rl-recsys/trainer/metrics';
import type { LogExperiment } from './experiments.js';
import { loadSplit } from './load-split.js';
import type { CurvePoint, LogMeasured } from './measured.js';
import { rank, summariseRanking } from './measure-ranking.js';
import { trainVariant } from './train-variant.js';

const MOST_POINTS = 50;

/** Trains DRR on a log, and measures how it and what it was given rank the rest. */
export async function runLog({ options }: LogExperiment): Promise<LogMeasured> {
  await useWasmBackend();
  const loaded = await loadSplit(options);
  const { recommender, metrics } = await trainVariant(loaded);
  const [factorization, ...others] = recommender.baselines.map((policy) => rank(policy, loaded));
  if (!factorization)
    throw new Error(`${options.variant}: expected matrix factorisation beside it, got nothing`);
  const random = Random.fromSeed(options.seed).fork('bootstrap');
  return {
    policies: [
      summariseRanking(factorization, { random }),
      ...[...others, rank(recommender.policy, loaded)].map((ranked) =>
        summariseRanking(ranked, { factorization, random }),
      ),
    ],
    curve: thinnedCurve(metrics),
  };
}

/** Means of neighbouring lines, so that there are 50 points at most. */
export function thinnedCurve(metrics: readonly TrainingMetrics[]): CurvePoint[] {
  const width = Math.ceil(metrics.length / MOST_POINTS);
  return Array.from({ length: Math.ceil(metrics.length / width) || 0 }, (_, point) => {
    const lines = metrics.slice(point * width, (point + 1) * width);
    const losses = lines.flatMap(({ criticLoss }) => (criticLoss === null ? [] : [criticLoss]));
    return {
      step: lines.at(-1)!.step,
      reward: meanOf(lines.map(({ reward }) => reward)),
      criticLoss: losses.length === 0 ? null : meanOf(losses),
    };
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
