import { logisticOfNegative } from './logistic';
import { dotDifference } from './vector';

/**
 * One pass of stochastic gradient ascent over the rows of likes that `order` lists, in that order: each
 * pulls its item towards its user and pushes away the item drawn for the row.
 *
 * Vectors are as in `descendRatings`. See Rendle et al. 2009, figure 4 and section 4.3.1, for
 * x = itemBias + p·q.
 */
export function ascendPreferences(
  order: usize,
  count: usize,
  rowUsers: usize,
  rowItems: usize,
  rowOthers: usize,
  users: usize,
  items: usize,
  itemBias: usize,
  stride: usize,
  rate: f32,
  penalty: f32,
): void {
  const kept = <f32>1 - rate * penalty;
  for (let place: usize = 0; place < count; place++) {
    const row = (<usize>load<u32>(order + (place << 2))) << 2;
    const item = <usize>load<u32>(rowItems + row);
    const other = <usize>load<u32>(rowOthers + row);
    const p = users + <usize>load<u32>(rowUsers + row) * stride;
    const q = items + item * stride;
    const s = items + other * stride;
    const itemPlace = itemBias + (item << 2);
    const otherPlace = itemBias + (other << 2);
    const b = load<f32>(itemPlace);
    const c = load<f32>(otherPlace);
    const step = rate * logisticOfNegative(b - c + dotDifference(p, q, s, stride));
    store<f32>(itemPlace, kept * b + step);
    store<f32>(otherPlace, kept * c - step);
    stepAll(p, q, s, stride, kept, step);
  }
}

/** All three from what they were before: p moves by q − s, q by p, and s by −p. */
function stepAll(p: usize, q: usize, s: usize, stride: usize, kept: f32, step: f32): void {
  const keep = f32x4.splat(kept);
  const move = f32x4.splat(step);
  const end = p + stride;
  while (p < end) {
    const a = v128.load(p);
    const b = v128.load(q);
    const c = v128.load(s);
    const moved = f32x4.mul(move, a);
    v128.store(p, f32x4.add(f32x4.mul(keep, a), f32x4.mul(move, f32x4.sub(b, c))));
    v128.store(q, f32x4.add(f32x4.mul(keep, b), moved));
    v128.store(s, f32x4.sub(f32x4.mul(keep, c), moved));
    p += 16;
    q += 16;
    s += 16;
  }
}
