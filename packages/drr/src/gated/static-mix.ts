import type { RatingLog } from '@rl-recsys/rating-log';
import type { LogMoments } from '@rl-recsys/simulators';
import type { CandidateKind } from './candidate-kind.js';
import type { CandidatePools } from './candidate-pools.js';
import type { GoalName } from './goal-names.js';
import { gainsOf, judgedMoments } from './judged-moments.js';
import type { BlockWeights } from './block-weights.js';
import { mixedScore } from './mixed-score.js';

/** What is tried for a block; our choice. */
const WEIGHTS = [0, 0.1, 0.2, 0.35, 0.6, 1, 1.6, 2.4];
/** How often all blocks are gone through. */
const SWEEPS = 3;
/** What a mix adds up to, so that ranges mean the same whatever it is; our choice. */
const TOTAL = 2;

/**
 * One weight for each block, the same for everybody, by coordinate ascent on how well the mix ranks what users went on to
 * like, or took next: NDCG@10 of the catalogue, NDCG@5 of few items, those that they went on to rate. It starts at the best single block and at
 * all blocks alike, and the better end counts. Learning starts at it, and must not fall behind.
 *
 * @returns in the order of the blocks; not negative, and 2 together.
 */
export function tuneStaticMix(
  kind: CandidateKind,
  {
    log,
    moments,
    pools,
    goal,
  }: {
    readonly log: RatingLog;
    readonly moments: LogMoments;
    readonly pools: CandidatePools;
    readonly goal: GoalName;
  },
): BlockWeights {
  const { blockCount } = pools;
  const judged = judgedMoments(kind, log, moments, pools, goal);
  const judge = (weights: BlockWeights) =>
    meanOf(gainsOf(kind, judged, (row) => mixedScore(pools, row, weights)));
  const singles = Array.from({ length: blockCount }, (_, block) =>
    Array.from({ length: blockCount }, (__, each) => (each === block ? 1 : 0)),
  );
  const starts = [bestOf(singles, judge).weights, new Array<number>(blockCount).fill(0.6)];
  const { weights } = bestOf(
    starts.map((start) => climb(start, judge)),
    judge,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight * TOTAL) / total);
}

function bestOf(mixes: readonly BlockWeights[], judge: (weights: BlockWeights) => number) {
  return mixes
    .map((weights) => ({ weights, gain: judge(weights) }))
    .reduce((best, each) => (each.gain > best.gain ? each : best));
}

function climb(start: BlockWeights, judge: (weights: BlockWeights) => number): BlockWeights {
  let best = { weights: start, gain: judge(start) };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const before = best.gain;
    for (const block of start.keys()) {
      const tried = WEIGHTS.filter((weight) => weight !== best.weights[block])
        .map((weight) => best.weights.map((other, each) => (each === block ? weight : other)))
        .filter((weights) => weights.some((weight) => weight > 0));
      const found = bestOf(tried, judge);
      if (found.gain > best.gain) best = found;
    }
    if (best.gain === before) break;
  }
  return best.weights;
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
