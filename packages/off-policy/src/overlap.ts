/** How much of a log tells about a policy: what to read before any estimate. */
export interface Overlap {
  /** Rounds, slates or sessions of the log. */
  readonly units: number;
  /**
   * (Σ w)² / Σ w² (Kish 1965): how many units of the policy itself would tell about as much. From 0 to `units`.
   * For weights as they are, whatever an estimator clips or leaves out.
   */
  readonly effectiveSampleSize: number;
  /** The largest weight: what one unit counts for at most. */
  readonly largestWeight: number;
  /** Near 1 where the log has all that the policy does: the mean of weights over many units is 1 then. */
  readonly meanWeight: number;
}

/** Below this many effective units an estimate comes with a warning. */
export const LEAST_EFFECTIVE_SAMPLE_SIZE = 100;

/**
 * @param weights - `[units]`: π(a | x) / π₀(a | x), the product over a session's steps where units are sessions.
 */
export function overlapOf(weights: Float64Array): Overlap {
  let [sum, squares, largest] = [0, 0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
    if (weight > largest) largest = weight;
  }
  return {
    units: weights.length,
    effectiveSampleSize: squares === 0 ? 0 : (sum * sum) / squares,
    largestWeight: largest,
    meanWeight: weights.length === 0 ? 0 : sum / weights.length,
  };
}

/** The sentence that belongs to every estimate of a policy which the log hardly knows; null where it does. */
export function overlapWarning({ effectiveSampleSize, units }: Overlap): string | null {
  if (effectiveSampleSize >= LEAST_EFFECTIVE_SAMPLE_SIZE) return null;
  return (
    `not enough overlap: ${units} logged tell as much as ${effectiveSampleSize.toFixed(1)} of the policy itself, ` +
    `and ${LEAST_EFFECTIVE_SAMPLE_SIZE} are needed`
  );
}
