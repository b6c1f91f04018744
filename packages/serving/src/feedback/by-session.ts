import type { JoinedExample } from './join.js';

/** The recommendations of one visit, in their order. */
export interface JoinedSession {
  /** What the caller calls it; undefined where a recommendation belongs to none, and stands alone. */
  readonly session: string | undefined;
  readonly examples: readonly JoinedExample[];
}

/**
 * Puts examples together by their sessions, in the order in which these began.
 *
 * A session is cut in two where a recommendation of it is missing: what came after is not what its last action led to.
 */
export function bySession(examples: Iterable<JoinedExample>): JoinedSession[] {
  const sessions: OpenSession[] = [];
  /** The session that each recommendation is the last of, so far. */
  const ends = new Map<string, OpenSession>();
  const ordered = [...examples].sort((a, b) => a.recommendation.at - b.recommendation.at);
  for (const example of ordered) {
    const { eventId, request } = example.recommendation;
    let own = example.previous === undefined ? undefined : ends.get(example.previous);
    if (own === undefined) {
      own = { session: request.session, examples: [] };
      sessions.push(own);
    }
    own.examples.push(example);
    ends.set(eventId, own);
  }
  return sessions;
}

interface OpenSession extends JoinedSession {
  readonly examples: JoinedExample[];
}
