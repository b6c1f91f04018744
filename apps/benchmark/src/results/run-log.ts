import type { TrainingMetrics } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import { startBackend } from '../contenders/backend.js';
import type { LogExperiment } from './experiments.js';
import { loadSplit } from './load-split.js';
import type { CurvePoint, LogMeasured } from './measured.js';
import { rank, summarizeRanking } from './measure-ranking.js';
import { trainPaper } from './train-paper.js';
import { trainResidual } from './train-residual.js';

const MOST_POINTS = 50;

/** Trains DRR on a log, and measures how it and what it was given rank the rest. */
export async function runLog({ options }: LogExperiment): Promise<LogMeasured> {
  await startBackend({ backend: 'wasm', fastKernels: true });
  const loaded = await loadSplit(options);
  const trained = await (options.variant === 'paper'
    ? trainPaper(loaded, options)
    : trainResidual(loaded, options));
  const [first, ...others] = trained.baselines;
  const factorization = rank(first, loaded);
  const random = Random.fromSeed(options.seed).fork('bootstrap');
  return {
    policies: [
      summarizeRanking(factorization, { random }),
      ...[...others, trained.policy].map((policy) =>
        summarizeRanking(rank(policy, loaded), { factorization, random }),
      ),
    ],
    curve: thinnedCurve(trained.metrics),
  };
}

/** Means of neighboring lines, so that there are 50 points at most. */
export function thinnedCurve(metrics: readonly TrainingMetrics[]): CurvePoint[] {
  const width = Math.ceil(metrics.length / MOST_POINTS);
  return Array.from({ length: Math.ceil(metrics.length / width) || 0 }, (_, point) => {
    const lines = metrics.slice(point * width, (point + 1) * width);
    const losses = lines.flatMap(({ figures }) => figures['criticLoss'] ?? []);
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
