/** Keeps layer normalization from dividing by 0, in training too. */
export const NORMALIZATION_EPSILON = 1e-5;

/**
 * Layer normalization (Ba et al. 2016, arXiv 1607.06450): x with mean 0 and variance 1, then scaled and moved.
 *
 * @param to - where it is written, which may be x: float32 `[d]`, like all others.
 */
export function layerNorm(
  x: Float32Array,
  scale: Float32Array,
  offset: Float32Array,
  to: Float32Array = x,
): void {
  const size = x.length;
  const mean = x.reduce((sum, value) => sum + value, 0) / size;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size;
  const shrink = 1 / Math.sqrt(variance + NORMALIZATION_EPSILON);
  for (let k = 0; k < size; k++) to[k] = (x[k]! - mean) * shrink * scale[k]! + offset[k]!;
}
