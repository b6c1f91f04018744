import { dot, EIGHT } from './vector';

/**
 * One pass of stochastic gradient descent over the rows of ratings that `order` lists, in that order.
 *
 * Vectors are `stride` bytes apart, a multiple of 32, and end in zeros, which stay zeros. See the update
 * rules of Koren, Bell and Volinsky 2009, "Learning algorithms". The biases have a rate of their own,
 * because 0 holds them at zero.
 */
export function descendRatings(
  order: usize,
  count: usize,
  rowUsers: usize,
  rowItems: usize,
  ratings: usize,
  users: usize,
  items: usize,
  userBias: usize,
  itemBias: usize,
  stride: usize,
  mean: f32,
  rate: f32,
  penalty: f32,
  biasRate: f32,
  biasPenalty: f32,
): void {
  const kept = <f32>1 - rate * penalty;
  const keptBias = <f32>1 - biasRate * biasPenalty;
  for (let place: usize = 0; place < count; place++) {
    const row = (<usize>load<u32>(order + (place << 2))) << 2;
    const user = <usize>load<u32>(rowUsers + row);
    const item = <usize>load<u32>(rowItems + row);
    const p = users + user * stride;
    const q = items + item * stride;
    const ownBias = userBias + (user << 2);
    const otherBias = itemBias + (item << 2);
    const b = load<f32>(ownBias);
    const c = load<f32>(otherBias);
    const error = load<f32>(ratings + row) - (mean + b + c + dot(p, q, stride));
    store<f32>(ownBias, keptBias * b + biasRate * error);
    store<f32>(otherBias, keptBias * c + biasRate * error);
    stepBoth(p, q, stride, kept, rate * error);
  }
}

/** p ← kept · p + step · q, and q ← kept · q + step · p with the p from before. */
function stepBoth(p: usize, q: usize, stride: usize, kept: f32, step: f32): void {
  const keep = f32x4.splat(kept);
  const move = f32x4.splat(step);
  const end = p + stride;
  while (p < end) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(q);
    const d = v128.load(q, 16);
    v128.store(p, f32x4.add(f32x4.mul(keep, a), f32x4.mul(move, c)));
    v128.store(p, f32x4.add(f32x4.mul(keep, b), f32x4.mul(move, d)), 16);
    v128.store(q, f32x4.add(f32x4.mul(keep, c), f32x4.mul(move, a)));
    v128.store(q, f32x4.add(f32x4.mul(keep, d), f32x4.mul(move, b)), 16);
    p += EIGHT;
    q += EIGHT;
  }
}
