import type { Random } from '@rl-recsys/random';
import { isLiked, rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { predictRating, type MatrixFactorization } from '../matrix-factorization.js';
import { UnseenItems } from './unseen-items.js';

/** The root mean squared error of the predicted ratings. */
export function ratingLoss(heldOut: RatingLog): (model: MatrixFactorization) => number {
  return (model) => {
    let sum = 0;
    for (let user = 0; user < heldOut.userCount; user++) {
      const { start, end } = rowsOf(heldOut, user);
      for (let row = start; row < end; row++) {
        sum += (heldOut.ratings[row]! - predictRating(model, user, heldOut.items[row]!)) ** 2;
      }
    }
    return Math.sqrt(sum / heldOut.items.length);
  };
}

/** Items drawn against each held-out like; more would hardly change which epoch is best. */
const DRAWS = 20;

/**
 * One minus the AUC of the held-out likes: how often an item that the user has not interacted with
 * scores higher than the liked one; a tie counts half.
 *
 * Each like is compared with 20 uniform draws, made once, so that epochs are compared on the same pairs.
 * See "BPR: Bayesian personalized ranking from implicit feedback", Rendle et al. 2009, section 6.2.
 *
 * @param log - what the slice is a part of, which says what the user has interacted with.
 * @throws RangeError where the slice has no like, or nothing to compare one with.
 */
export function likeLoss(
  heldOut: RatingLog,
  log: RatingLog,
  random: Random,
): (model: MatrixFactorization) => number {
  const unseen = new UnseenItems(log);
  const draws = random.fork('validation');
  const pairs: { user: number; liked: number; others: Int32Array }[] = [];
  for (let user = 0; user < heldOut.userCount; user++) {
    if (unseen.countOf(user) === 0) continue;
    const { start, end } = rowsOf(heldOut, user);
    for (let row = start; row < end; row++) {
      if (!isLiked(heldOut.ratings[row]!, heldOut.scale)) continue;
      const others = Int32Array.from({ length: DRAWS }, () => unseen.draw(user, draws));
      pairs.push({ user, liked: heldOut.items[row]!, others });
    }
  }
  if (pairs.length === 0) {
    throw new RangeError('earlyStopping.share: expected likes among the newest ratings, got none');
  }
  return (model) => {
    let lost = 0;
    for (const { user, liked, others } of pairs) {
      const score = predictRating(model, user, liked);
      for (const other of others) {
        const difference = predictRating(model, user, other) - score;
        if (difference > 0) lost += 1;
        else if (difference === 0) lost += 0.5;
      }
    }
    return lost / (pairs.length * DRAWS);
  };
}
