import { checkRecommender } from './check-recommender.js';
import type { Recommender } from './recommender.js';

/** Users for whom it is asked: what is wrong with an item shows for each, and nobody waits long. */
const USERS = 3;

/**
 * Refuses a recommender that answers as none should, such as one whose scores overflow: for one that was loaded, before it answers
 * anybody. One that knows no user, so that histories alone ask it, is taken as it is.
 *
 * @throws Error with the first thing that {@link checkRecommender} finds when it asks for 3 of its users, or with one of them who gets
 * nothing while there is an item that they have not rated.
 */
export function assertRecommends(recommender: Recommender): void {
  const { log, users: known } = recommender.parts;
  const users = known.ids.slice(0, USERS);
  if (users.length === 0) return;
  const [found] = checkRecommender(recommender, { users });
  const isNeglected = (user: string, index: number) =>
    log.offsets[index + 1]! - log.offsets[index]! < log.itemCount &&
    recommender.recommend(user, { k: 1 }).length === 0;
  const neglected = users.find(isNeglected); // the scores that are no numbers are left out of an answer
  const seen = found?.seen ?? (neglected && `nothing for ${neglected}, who has not rated everything`);
  if (seen !== undefined)
    throw new Error(
      `expected a recommender that does what it should, but there was ${seen}${found ? `: ${found.change}` : ''}`,
    );
}
