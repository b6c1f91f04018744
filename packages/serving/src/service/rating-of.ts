/** The lowest and the highest rating of a log. */
export interface RatingScale {
  readonly min: number;
  readonly max: number;
}

/** The rating that earns a reward from −1 to 1: the way back from `rewardOf` of `@rl-recsys/rating-log`. */
export function ratingOf(reward: number, { min, max }: RatingScale): number {
  return min + ((reward + 1) / 2) * (max - min);
}
