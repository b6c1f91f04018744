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

/**
 * The least and the greatest float32 on a scale, which is what a log can hold: 4.51 itself becomes more than 4.51 when it
 * is rounded to float32.
 */
export function float32Scale({ min, max }: RatingScale): RatingScale {
  return { min: float32From(min), max: -float32From(-max) };
}

/** The least float32 that is not below `value`. */
function float32From(value: number): number {
  const nearest = Float32Array.of(value);
  if (nearest[0]! >= value) return nearest[0]!;
  // As integers, neighbours are 1 apart; those of negative numbers grow away from 0, next to which is 2⁻¹⁴⁹.
  if (nearest[0] === 0) return 2 ** -149;
  const bits = new Int32Array(nearest.buffer);
  bits[0]! += nearest[0]! > 0 ? 1 : -1;
  return nearest[0]!;
}
