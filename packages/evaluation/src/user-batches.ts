import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import type { Policy } from './policy.js';

/** Users asked about at once, at most: more would hardly be faster. */
const MOST_USERS = 128;

/** Scores asked for at once, at most: each takes 12 bytes here, and as much again in a policy that computes them together. */
const MOST_SCORES = 2 ** 24;

/**
 * The users with a held-out item, in the order of their indices, in the groups in which to ask a policy about
 * them. One that scores a user at a time gets them one after another, so that what it draws at random for one
 * does not depend on the others' lists.
 */
export function userBatches(policy: Policy, test: RatingLog): number[][] {
  const users = Array.from({ length: test.userCount }, (_, user) => user).filter((user) => {
    const { start, end } = rowsOf(test, user);
    return end > start;
  });
  const together = Math.min(MOST_USERS, Math.max(1, Math.floor(MOST_SCORES / test.itemCount)));
  const size = policy.scoreBatch ? together : 1;
  return Array.from({ length: Math.ceil(users.length / size) }, (_, batch) =>
    users.slice(batch * size, (batch + 1) * size),
  );
}
