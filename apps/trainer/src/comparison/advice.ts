import type { Random } from '@rl-recsys/random';
import type { Difference, Measured } from '../run/table.js';
import { isNone } from '../run/difference-table.js';
import { differenceOf } from './differences.js';
import { bestBy, meanScore, type Judged } from './judged.js';

/**
 * What to use instead where something else does as well as what was trained or better: in lists of the whole
 * catalogue, and in sessions where there are any.
 *
 * @param others - all other policies that could be used.
 * @param isCompared - whether policies differ in a measure at all.
 */
export function adviceOf(
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
): string[] {
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
    if (!isCompared(measured)) return [];
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

/** Says so where what was trained does for everybody what the mix does that it starts at. */
export function notLearnedYet(trained: string, differences: readonly Difference[]): string[] {
  const fromStart = differences.filter(({ role }) => role === 'mix');
  const [first] = fromStart;
  if (first === undefined || !fromStart.every(({ difference }) => isNone(difference))) return [];
  return [
    `${trained} has not learned yet: more --steps. For every user it does what ${first.policy} does, at which it starts, as it also does where nothing that it learned ranks better for users who were held out.`,
  ];
}
