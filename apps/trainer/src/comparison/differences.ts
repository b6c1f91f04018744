import { bootstrapDifference, type Interval } from '@rl-recsys/evaluation';
import type { Random } from '@rl-recsys/random';
import type { Difference, Measured } from '../run/table.js';
import { bestBy, scoresOf, type Judged } from './judged.js';

/** What was trained, and what it must beat to be worth its training. */
export interface Contest {
  readonly trained: Judged;
  /** Its blocks, and the other models beside it. */
  readonly singles: readonly [Judged, ...Judged[]];
  readonly staticMix?: Judged | undefined;
  readonly popularity: Judged;
}

/** What is decided by: the first is the main one. */
const measures: readonly Measured[] = [
  { of: 'fullRanking', measure: 'ndcg' },
  { of: 'session', measure: 'reward' },
  { of: 'reranking', measure: 'ndcg' },
  { of: 'reranking', measure: 'precision' },
];

/**
 * What was trained less the best single model, the static mix and popularity. Which model is the best is seen on the
 * very users that it is judged by: that is in its favour.
 */
export function differencesOf(
  { trained, singles, staticMix, popularity }: Contest,
  random: Random,
): Difference[] {
  return measures.flatMap((measured) => {
    const rivals = [bestBy(measured, singles), ...(staticMix ? [staticMix] : []), popularity];
    return rivals.flatMap((rival): Difference[] => {
      const difference = differenceOf(trained, rival, measured, random);
      if (!difference || !Number.isFinite(difference.mean)) return [];
      return [{ ...measured, policy: rival.fullRanking.policy, role: rival.role, difference }];
    });
  });
}

/** A mean difference over users with its interval; undefined where it is of sessions and there are none. */
export function differenceOf(
  one: Judged,
  other: Judged,
  measured: Measured,
  random: Random,
): Interval | undefined {
  const [scores, baseline] = [scoresOf(one, measured), scoresOf(other, measured)];
  if (!scores || !baseline) return undefined;
  return bootstrapDifference(scores, baseline, { random: random.fork(measured.measure) });
}
