import type { Random } from '@rl-recsys/random';
import type { Measured } from '../run/table.js';
import { differenceOf } from './differences.js';
import { bestBy, meanScore, type Judged } from './judged.js';

/**
 * What to use instead where something else does as well as what was trained or better: in lists of the whole
 * catalogue, and in sessions where there are any.
 *
 * @param others - all other policies that could be used.
 */
export function adviceOf(trained: Judged, others: readonly [Judged, ...Judged[]], random: Random): string[] {
  const { cutoff } = trained.fullRanking.cutoffs[0]!;
  const questions: readonly (readonly [Measured, purpose: string, name: string, digits: number])[] = [
    [
      { of: 'fullRanking', measure: 'ndcg' },
      `lists of ${cutoff} from the whole catalogue`,
      `NDCG@${cutoff}`,
      4,
    ],
    [{ of: 'session', measure: 'reward' }, 'sessions', 'reward', 2],
  ];
  return questions.flatMap(([measured, purpose, name, digits]) => {
    const best = bestBy(measured, others);
    const difference = differenceOf(trained, best, measured, random);
    if (!difference || !Number.isFinite(difference.mean) || difference.low > 0) return [];
    const [mine, theirs] = [trained, best].map(({ fullRanking: { policy } }) => policy);
    const [own, other] = [trained, best].map((judged) => meanScore(judged, measured).toFixed(digits));
    return difference.high < 0
      ? [`For ${purpose} use ${theirs} instead of ${mine}: ${name} ${other}, not ${own}.`]
      : [
          `For ${purpose} ${theirs} may serve as well as ${mine}: ${name} ${other} and ${own}, which may be chance.`,
        ];
  });
}
