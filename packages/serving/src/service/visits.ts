import type { RatedItem } from '@rl-recsys/recommender';
import type { Answer } from '../contract/answer.js';
import type { RecommendationRecord } from '../feedback/feedback-record.js';
import { ratingOf, type RatingScale } from './rating-of.js';
import { Recent } from './recent.js';

/** What is kept of a visit, in items that were shown: more than any policy looks back. */
const MOST_ITEMS = 100;

interface Visit {
  readonly user: string;
  /** What was shown, the latest last. */
  readonly answers: Pick<Answer, 'eventId' | 'items'>[];
  /** What items earned since they were shown last. */
  readonly rewards: Map<string, number>;
}

/** What visits have shown and what that earned, for policies that plan them. A visit is forgotten when nobody has asked in it for a waiting time. */
export class Visits {
  private readonly visits: Recent<Visit>;

  /** @param waitingTime - in milliseconds. */
  constructor(waitingTime: number) {
    this.visits = new Recent(waitingTime);
  }

  /** Takes note of what is shown; in a visit of a user alone. */
  shown({ eventId, request: { session, user }, items }: RecommendationRecord, at: number): void {
    if (session === undefined || user === undefined) return;
    const known = this.visits.get(session);
    // Somebody else's visit of the same name is another one.
    const visit = known?.user === user ? known : { user, answers: [], rewards: new Map<string, number>() };
    if (visit.rewards.size > 0) for (const { item } of items) visit.rewards.delete(item);
    visit.answers.push({ eventId, items });
    dropOldest(visit);
    this.visits.set(session, visit, at); // as young as its latest answer
  }

  /** Takes note of what an item earned; of several rewards the first counts, as where they are joined. */
  earned(session: string | undefined, eventId: string, item: string, reward: number): void {
    const visit = session === undefined ? undefined : this.visits.get(session);
    const answer = visit?.answers.find((each) => each.eventId === eventId);
    if (!answer || visit!.rewards.has(item)) return;
    if (answer.items.some((each) => each.item === item)) visit!.rewards.set(item, reward);
  }

  /** What a recommender takes of a visit: those items that it knows, oldest first; of which nothing was heard, earned 0. */
  of(session: string, user: string, knows: (item: string) => boolean, scale: RatingScale): RatedItem[] {
    const visit = this.visits.get(session);
    if (visit?.user !== user) return [];
    const latest = new Set<string>();
    for (const { item } of visit.answers.flatMap(({ items }) => items)) {
      latest.delete(item); // so that its place is the latest one's
      latest.add(item);
    }
    return [...latest]
      .filter(knows)
      .map((item) => ({ item, rating: ratingOf(visit.rewards.get(item) ?? 0, scale) }));
  }

  forget(user: string): void {
    this.visits.deleteWhere((visit) => visit.user === user);
  }
}

/** Forgets the oldest answers where the later ones have as many items as are kept. */
function dropOldest({ answers, rewards }: Visit): void {
  let later = 0;
  for (let place = 1; place < answers.length; place++) later += answers[place]!.items.length;
  while (later >= MOST_ITEMS) {
    const oldest = answers.shift()!;
    if (rewards.size > 0) {
      const isShownLater = (item: string) =>
        answers.some(({ items }) => items.some((each) => each.item === item));
      for (const { item } of oldest.items) if (!isShownLater(item)) rewards.delete(item);
    }
    later -= answers[0]!.items.length;
  }
}
