import type { RatedItem } from '@rl-recsys/recommender';
import type { RecommendationRecord } from '../feedback/feedback-record.js';
import { ratingOf, type RatingScale } from './rating-of.js';
import { Recent } from './recent.js';

/** What is kept of a visit: more than any policy looks back. */
const MOST_ITEMS = 100;

interface Visit {
  readonly user: string;
  /** What each item earned; undefined where nothing was heard of it. */
  readonly items: Map<string, number | undefined>;
}

/** What visits have shown and what that earned, for policies that plan them. A visit is forgotten when nobody has asked in it for a waiting time. */
export class Visits {
  private readonly visits: Recent<Visit>;
  /** The visit of each recommendation. */
  private readonly answers: Recent<string>;

  /** @param waitingTime - in milliseconds. */
  constructor(waitingTime: number) {
    this.visits = new Recent(waitingTime);
    this.answers = new Recent(waitingTime);
  }

  /** Takes note of what is shown; in a visit of a user alone. */
  shown({ eventId, request: { session, user }, items }: RecommendationRecord, at: number): void {
    if (session === undefined || user === undefined) return;
    const known = this.visits.get(session);
    // Somebody else's visit of the same name is another one.
    const visit = known?.user === user ? known : { user, items: new Map<string, number | undefined>() };
    for (const { item } of items) {
      visit.items.delete(item); // so that its place is the latest one's
      visit.items.set(item, undefined);
    }
    const oldest = visit.items.keys();
    for (let excess = visit.items.size - MOST_ITEMS; excess > 0; excess--)
      visit.items.delete(oldest.next().value!);
    this.visits.set(session, visit, at); // as young as its latest answer
    this.answers.set(eventId, session, at);
  }

  /** Takes note of what an item earned; of several rewards the first counts, as where they are joined. */
  earned(eventId: string, item: string, reward: number): void {
    const session = this.answers.get(eventId);
    const items = session === undefined ? undefined : this.visits.get(session)?.items;
    if (items?.has(item) && items.get(item) === undefined) items.set(item, reward);
  }

  /** What a recommender takes of a visit: those items that it knows, oldest first; of which nothing was heard, earned 0. */
  of(session: string, user: string, knows: (item: string) => boolean, scale: RatingScale): RatedItem[] {
    const visit = this.visits.get(session);
    if (visit?.user !== user) return [];
    return [...visit.items]
      .filter(([item]) => knows(item))
      .map(([item, reward]) => ({ item, rating: ratingOf(reward ?? 0, scale) }));
  }

  forget(user: string): void {
    this.visits.deleteWhere((visit) => visit.user === user);
  }
}
