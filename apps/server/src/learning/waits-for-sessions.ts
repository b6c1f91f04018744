import type { JoinedSession } from '@rl-recsys/serving';
import { readTrials } from '@rl-recsys/serving/folder';

/**
 * Why nothing is learned yet: there are too few sessions since the last version was. Learned again from what that one was learned from,
 * the next would be the same, and to try it would spend a part of what may go wrong on nothing.
 *
 * @param least - how many there have to be.
 * @returns a sentence; undefined where there are enough.
 */
export async function waitsForSessions(
  run: string,
  sessions: readonly JoinedSession[],
  least: number,
): Promise<string | undefined> {
  const last = (await readTrials(run)).at(-1);
  const since = last?.since ?? -Infinity;
  const { length } = sessions.filter(({ examples: [first] }) => first!.recommendation.at >= since);
  if (length >= least) return undefined;
  const when = last === undefined ? '' : ` since version ${last.version} was learned`;
  return `nothing is learned before there are ${least} sessions${when} (--sessions): there are ${length}`;
}
