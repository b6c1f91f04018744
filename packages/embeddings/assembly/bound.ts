import { BLOCK_STRIDE } from './block';
import { RADII } from './byte-block';

/** What numbers too small for float32's full precision may lose on the way to a score, or to a bound of it. */
const LEAST: f32 = 2.0 ** -117;

/**
 * Turns a block's scores by bytes, int32 `[32]`, into what the float32 scores are at least and at most, float32 `[32]` each.
 *
 * With x' and q' for a row x and a query q in whole steps, |q·x − q'·x'| ≤ ‖q‖ ‖x − x'‖ + ‖q − q'‖ ‖x'‖. `factors` is
 * as `quantizeQuery` makes it, and mind float32's rounding too. They leave room, so that a
 * score is always above what it is at least. Where nothing is known that is NaN, and what it is at most ∞.
 */
export function bound(bytes: usize, factors: usize, scores: usize, lows: usize, highs: usize): void {
  const unit = v128.load32_splat(factors);
  const length = v128.load32_splat(factors, 4);
  const reach = v128.load32_splat(factors, 8);
  const share = v128.load32_splat(factors, 12);
  const least = f32x4.splat(LEAST);
  const unknown = f32x4.splat(Infinity);
  for (let offset: usize = 0; offset < BLOCK_STRIDE; offset += 16) {
    const scale = v128.load(bytes + offset);
    const radius = v128.load(bytes + offset, RADII);
    const steps = f32x4.convert_i32x4_s(v128.load(scores + offset));
    const estimate = f32x4.mul(steps, f32x4.mul(scale, unit));
    // The reach is ∞ where a sum of float32 might be.
    const rest = f32x4.add(f32x4.mul(f32x4.mul(scale, reach), share), least);
    const error = f32x4.add(f32x4.mul(radius, length), rest);
    v128.store(lows + offset, f32x4.sub(estimate, error));
    v128.store(highs + offset, f32x4.pmin(unknown, f32x4.add(estimate, error))); // ∞ for NaN
  }
}
