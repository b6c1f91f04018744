import { bySession, join, joinCounts, type JoinCounts, type JoinedSession } from '@rl-recsys/serving';
import { feedbackIn, type FeedbackPlace } from '../run/open-feedback.js';

/** How long recommendations and sessions are waited for. */
export interface Waits {
  /** Seconds that a recommendation waits for what it earns. */
  readonly waitingTime: number;
  /** Seconds that a session may take. */
  readonly sessionTime: number;
}

/** The sessions of a log that are over, in the order in which they began, and what the join left out. */
export interface JoinedLog {
  readonly sessions: readonly JoinedSession[];
  readonly counts: JoinCounts;
}

/**
 * Reads a log, also while a server writes it.
 *
 * @throws Error where there is none, or it is damaged.
 */
export async function joinedSessions(place: FeedbackPlace, waits: Waits, now: number): Promise<JoinedLog> {
  const [waitingTime, sessionTime] = [waits.waitingTime * 1000, waits.sessionTime * 1000];
  const counts = joinCounts();
  const examples = [];
  for await (const each of join(feedbackIn(place), { waitingTime, until: now }, counts)) examples.push(each);
  // All wait equally long: those that were short would come first otherwise, and not as many of each arm.
  const latest = now - sessionTime - waitingTime;
  const sessions = bySession(examples).filter(({ examples: [first] }) => first!.recommendation.at <= latest);
  return { sessions, counts };
}
