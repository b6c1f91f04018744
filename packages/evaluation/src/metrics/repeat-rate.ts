/**
 * The share of a session's items that had been shown before in the same session: 0 where all differ,
 * (n − 1) / n where one item is shown n times.
 *
 * @param items - `[length]`: what was shown.
 * @returns NaN for an empty session.
 */
export function repeatRateOf(items: ArrayLike<number>): number {
  return (items.length - new Set(Array.from(items)).size) / items.length;
}
