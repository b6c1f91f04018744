/**
 * The mean difference of two policies over the same users, and its standard error; 0 where fewer than two were measured.
 *
 * @param one - `[users]`, and so is `other`.
 */
export function differenceOf(
  one: Float64Array,
  other: Float64Array,
): { readonly mean: number; readonly error: number } {
  const n = one.length;
  if (n < 2) return { mean: 0, error: 0 };
  const differences = one.map((gain, place) => gain - other[place]!);
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / n;
  const variance = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0) / (n - 1);
  return { mean, error: Math.sqrt(variance / n) };
}
