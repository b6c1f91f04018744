import type { Difference, Verdict } from '../run/table.js';
import { isNone } from '../run/difference-table.js';

/**
 * What to use instead where something else does as well as what was trained or better: in lists of the whole
 * catalogue, and in sessions where there are any.
 *
 * @param trained - the name of what was trained.
 * @param cutoff - K of the lists.
 */
export function adviceOf(verdicts: readonly Verdict[], trained: string, cutoff: number): string[] {
  const ofLists = verdicts.filter(({ of }) => of === 'fullRanking');
  return [...ofLists, ...verdicts.filter(({ of }) => of === 'session')].flatMap((verdict) => {
    const { of, policy, difference } = verdict;
    if (difference.low > 0) return [];
    const [purpose, name, digits] =
      of === 'session'
        ? (['sessions', 'reward', 2] as const)
        : ([`lists of ${cutoff} from the whole catalogue`, `NDCG@${cutoff}`, 4] as const);
    const [own, other] = [verdict.own, verdict.other].map((mean) => mean.toFixed(digits));
    return difference.high < 0
      ? [`For ${purpose} use ${policy} instead of ${trained}: ${name} ${other}, not ${own}.`]
      : [
          `For ${purpose} ${policy} may serve as well as ${trained}: ${name} ${other} and ${own}, which may be chance.`,
        ];
  });
}

/**
 * Says so where what was trained does for everybody what the policy does that it starts at.
 *
 * @param start - the name of that policy.
 */
export function notLearnedYet(
  trained: string,
  start: string | undefined,
  differences: readonly Difference[],
): string[] {
  const fromStart = differences.filter(({ policy }) => policy === start);
  const [first] = fromStart;
  if (first === undefined || !fromStart.every(({ difference }) => isNone(difference))) return [];
  // A mix is what it goes back to where users who were held out are not ranked for better.
  const orElse =
    first.role === 'mix'
      ? ', as it also does where nothing that it learned ranks better for users who were held out'
      : '';
  return [
    `${trained} has not learned yet: more --steps. For every user it does what ${first.policy} does, at which it starts${orElse}.`,
  ];
}
