import type { Random } from '@rl-recsys/random';
import type { Measured, Verdict } from '../run/table.js';
import { differenceOf } from './differences.js';
import { bestBy, meanScore, type Judged } from './judged.js';

/** What is asked of what was trained: what its sessions earn, where there are any, and how well it ranks whole catalogues. */
const questions: readonly Measured[] = [
  { of: 'session', measure: 'reward' },
  { of: 'fullRanking', measure: 'ndcg' },
];

/**
 * What was trained beside the best of all others, for each question that policies differ in.
 *
 * @param others - all other policies that could be used.
 * @param isCompared - whether policies differ in a measure at all.
 */
export function verdictsOf(
  {
    trained,
    others,
    isCompared,
  }: {
    readonly trained: Judged;
    readonly others: readonly [Judged, ...Judged[]];
    readonly isCompared: (measured: Measured) => boolean;
  },
  random: Random,
): Verdict[] {
  return questions.flatMap((measured): Verdict[] => {
    if (!isCompared(measured)) return [];
    const best = bestBy(measured, others);
    const difference = differenceOf(trained, best, measured, random);
    if (!difference || !Number.isFinite(difference.mean)) return [];
    const [own, other] = [trained, best].map((judged) => meanScore(judged, measured));
    return [{ ...measured, policy: best.fullRanking.policy, own: own!, other: other!, difference }];
  });
}
