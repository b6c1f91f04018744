import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import type { Policy } from './policy.js';

/** Users asked about at once: more would hardly be faster, and each takes room for the scores of a catalogue. */
const BATCH_SIZE = 128;

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
  const size = policy.scoreBatch ? BATCH_SIZE : 1;
  return Array.from({ length: Math.ceil(users.length / size) }, (_, batch) =>
    users.slice(batch * size, (batch + 1) * size),
  );
}
