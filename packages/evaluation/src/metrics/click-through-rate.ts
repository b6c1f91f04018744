/**
 * The click-through rate: clicks over what was shown. All sessions together, so that long ones count more; for a mean over users
 * take each user's own rate.
 *
 * @param shown - of each session what its items earned, such as `shown` of a `SessionResult`; above 0 is a click.
 * @returns NaN where nothing was shown.
 */
export function clickThroughRateOf(shown: Iterable<{ readonly rewards: ArrayLike<number> }>): number {
  let [clicks, count] = [0, 0];
  for (const { rewards } of shown) {
    for (let step = 0; step < rewards.length; step++) clicks += rewards[step]! > 0 ? 1 : 0;
    count += rewards.length;
  }
  return clicks / count;
}
