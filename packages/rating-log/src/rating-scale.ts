/** The lowest and the highest rating that somebody can give, such as 1 and 5 stars. */
export interface RatingScale {
  readonly min: number;
  readonly max: number;
}

/**
 * The reward of a rating: the scale mapped linearly to [−1, 1].
 *
 * For five stars it is (rating − 3) / 2, as in DRR (Liu et al. 2018, section 4.2).
 */
export function rewardOf(rating: number, { min, max }: RatingScale): number {
  return (2 * (rating - min)) / (max - min) - 1;
}

/**
 * Whether a rating counts as a like: three quarters up the scale or more.
 *
 * For five stars that is 4 or 5, the ratings whose reward is positive.
 */
export function isLiked(rating: number, scale: RatingScale): boolean {
  return rating >= leastLike(scale);
}

/** The least rating that {@link isLiked} takes for a like. */
export function leastLike({ min, max }: RatingScale): number {
  return min + 0.75 * (max - min);
}
