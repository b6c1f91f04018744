import type { RewardedHistories } from '../histories.js';
import { differenceOf } from '../paired-difference.js';
import { CANDIDATE_KINDS, type CandidateKind } from './candidate-kind.js';
import type { CandidatePools } from './candidate-pools.js';
import { gainsOf, type JudgedMoment } from './judged-moments.js';
import type { JudgedUsers } from './judged-users.js';
import type { GatedLearner } from './learner.js';
import type { GatedLearnerOptions } from './options.js';
import { mixedScore } from './mixed-score.js';

/** How far what was learned may be followed, from not at all. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** What is judged, and by whom. */
export type Judging = Pick<GatedLearnerOptions, 'mixes' | 'pools'> & { readonly judged: JudgedUsers };

/** How much of what a learner has learned to follow, for each kind of candidates. */
export function trustIn(learner: GatedLearner, judging: Judging): Record<CandidateKind, number> {
  const { histories, moments } = judging.judged;
  if (histories.user.length === 0) return { catalogue: 0, few: 0 };
  const trustOf = (kind: CandidateKind) => chooseTrust(kind, moments[kind], scoresOf(learner, judging, kind));
  return { catalogue: trustOf('catalogue'), few: trustOf('few') };
}

/** NDCG@10 of the catalogue for each judged user by all that was learned, whether it is to be followed or not: float64 `[users]`. */
export function learnedGains(learner: GatedLearner, judging: Judging): Float64Array {
  const { histories, moments } = judging.judged;
  if (histories.user.length === 0) return new Float64Array();
  const scoreOf = scoresOf(learner, judging, 'catalogue');
  return gainsOf('catalogue', moments.catalogue, (row, moment) => scoreOf(1, row, moment));
}

/** What a row of the pools gets of a learner for a judged user. */
function scoresOf(learner: GatedLearner, { mixes, pools, judged }: Judging, kind: CandidateKind) {
  const { histories } = judged;
  const kinds = new Int32Array(histories.user.length).fill(CANDIDATE_KINDS.indexOf(kind));
  const { gates, residual } = learner.actions({ ...histories, kind: kinds });
  const learned = { gates, residual, standardItems: learner.standardItems() };
  return learnedScores(mixes[kind], pools, learned, histories);
}

/** What a row gets at a share of the way from the mix to what was learned. */
function learnedScores(
  mix: readonly number[],
  pools: CandidatePools,
  learned: {
    readonly gates: Float32Array;
    readonly residual: Float32Array;
    readonly standardItems: Float32Array;
  },
  { user }: RewardedHistories,
) {
  const { blockCount, items } = pools;
  const { gates, residual, standardItems } = learned;
  const size = residual.length / user.length;
  return (share: number, row: number, moment: number): number => {
    const place = moment - user[0]!;
    const own = gates.subarray(place * blockCount, (place + 1) * blockCount);
    const start = mixedScore(pools, row, mix);
    let score = start + share * (mixedScore(pools, row, own) - start);
    const item = items[row]! * size;
    for (let k = 0; k < size; k++) score += share * residual[place * size + k]! * standardItems[item + k]!;
    return score;
  };
}

/**
 * How much of what was learned to follow: the share of the way from the static mix at which users who were not learned from are
 * ranked for best. Unless that is better by more than two of its standard errors, none: what was learned may then be chance, and a
 * mix that ranks as well is simpler.
 *
 * @param scoreOf - what a row of the pools gets at a share.
 */
export function chooseTrust(
  kind: CandidateKind,
  judged: readonly JudgedMoment[],
  scoreOf: (share: number, row: number, moment: number) => number,
): number {
  const [none, ...others] = SHARES.map((share) => ({
    share,
    gains: gainsOf(kind, judged, (row, moment) => scoreOf(share, row, moment)),
  }));
  let best = { share: 0, gain: 0 };
  for (const { share, gains } of others) {
    const { mean, error } = differenceOf(gains, none!.gains);
    if (mean > 2 * error && mean > best.gain) best = { share, gain: mean };
  }
  return best.share;
}
