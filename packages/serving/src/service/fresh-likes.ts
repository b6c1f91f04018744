import type { RatedItem } from '@rl-recsys/recommender';
import type { RatingScale } from './rating-of.js';
import { ratingOf } from './rating-of.js';

/** What is kept of a user: as many as anybody does between two versions of a model. */
const MOST_ITEMS = 200;

/** What an item earned, and when, in milliseconds since 1970. */
export interface Fresh {
  readonly reward: number;
  readonly at: number;
}

/** What users did since the model was trained, as their rewards tell: the latest of each item. */
export class FreshLikes {
  private readonly users = new Map<string, Map<string, Fresh>>();

  /** How many users there are of whom something is known. */
  get size(): number {
    return this.users.size;
  }

  /** All users, each with their items, the latest last. */
  entries(): Iterable<readonly [string, ReadonlyMap<string, Fresh>]> {
    return this.users;
  }

  add(user: string, item: string, fresh: Fresh): void {
    const items = this.users.get(user) ?? new Map<string, Fresh>();
    this.users.set(user, items);
    items.delete(item); // so that its place is the latest one's
    items.set(item, fresh);
    if (items.size > MOST_ITEMS) items.delete(items.keys().next().value!);
  }

  /** What a recommender takes of a user, oldest first: those items that it knows, as ratings on its scale. */
  since(user: string, knows: (item: string) => boolean, scale: RatingScale): RatedItem[] {
    const items = this.users.get(user);
    if (items === undefined) return [];
    return [...items]
      .filter(([item]) => knows(item))
      .map(([item, { reward }]) => ({ item, rating: ratingOf(reward, scale) }));
  }

  forget(user: string): void {
    this.users.delete(user);
  }

  /** Forgets what is older than a time. */
  retain(since: number): void {
    for (const [user, items] of this.users) {
      for (const [item, { at }] of items) if (at < since) items.delete(item);
      if (items.size === 0) this.users.delete(user);
    }
  }
}
