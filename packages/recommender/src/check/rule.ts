import type { RecommendedItem, Recommender } from '../recommender.js';

/** What {@link checkRecommender} asks: a `Recommender`, or whatever answers as one. */
export type Recommending = Pick<Recommender, 'recommend' | 'recommendBatch' | 'knows' | 'historyItems'>;

/** Whom and what to ask about. */
export interface Questions {
  /** Ids of users that it knows. */
  readonly users: readonly string[];
  /** Ids of items of its catalogue. */
  readonly items: readonly string[];
}

/** One thing that should hold of a recommender. */
export interface Rule {
  readonly rule: string;
  readonly change: string;
  /** What was seen instead, nothing where it holds. It may throw what the recommender throws. */
  look(recommender: Recommending, questions: Questions): string | undefined;
}

/** How many items are asked for. */
export const K = 10;

/** The answers to the same question about each user, with what they are called. */
export function answersOf(
  recommender: Recommending,
  { users }: Questions,
): { readonly user: string; readonly answer: readonly RecommendedItem[] }[] {
  return users.map((user) => ({ user, answer: recommender.recommend(user, { k: K }) }));
}

export const idsOf = (answer: readonly RecommendedItem[]): string[] => answer.map(({ item }) => item);
