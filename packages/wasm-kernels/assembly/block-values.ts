import { Lanes } from './lanes';

/**
 * The values that a network with one hidden layer, ReLU, gives each row's candidates by what several blocks say of them:
 * v · max(0, r + z W) + b, where r is the row's own, and W, v and b are those of its kind. The hidden layer is never written.
 *
 * @param scores - float32 `[batch, count, blocks]`: z.
 * @param mask - float32 `[batch, count]`: 1 at a candidate, 0 where there is none, of which the value is 0.
 * @param kinds - int32 `[batch]`
 * @param ofRow - float32 `[batch, units]`: r; units a multiple of 8, like below.
 * @param weights - float32 `[kinds, blocks, units]`: W.
 * @param heads - float32 `[kinds, units]`: v.
 * @param biases - float32 `[kinds]`: b.
 * @param out - float32 `[batch, count]`
 */
export function blockValues(
  scores: usize,
  mask: usize,
  kinds: usize,
  ofRow: usize,
  weights: usize,
  heads: usize,
  biases: usize,
  out: usize,
  batch: i32,
  count: i32,
  blocks: i32,
  units: i32,
): void {
  const width = (<usize>blocks) << 2;
  const unitBytes = (<usize>units) << 2;
  for (let row = 0; row < batch; row++) {
    const kind = <usize>load<i32>(kinds);
    const kernel = weights + kind * <usize>blocks * unitBytes;
    const head = heads + kind * unitBytes;
    const bias = f32x4.splat(load<f32>(biases + (kind << 2)));
    let left = count;
    for (; left >= 4; left -= 4) {
      const there = v128.load(mask);
      let values = f32x4.splat(0);
      if (v128.any_true(there)) {
        const sums = fourSums(scores, width, 2 * width, 3 * width, ofRow, kernel, head, width, unitBytes);
        values = f32x4.mul(f32x4.add(sums, bias), there);
      }
      v128.store(out, values);
      scores += 4 * width;
      mask += 16;
      out += 16;
    }
    if (left > 0) {
      const second = left > 1 ? width : 0;
      const third = left > 2 ? 2 * width : 0;
      const sums = fourSums(scores, second, third, 0, ofRow, kernel, head, width, unitBytes);
      const values = f32x4.add(sums, bias);
      store<f32>(out, f32x4.extract_lane(values, 0) * load<f32>(mask));
      if (left > 1) store<f32>(out, f32x4.extract_lane(values, 1) * load<f32>(mask, 4), 4);
      if (left > 2) store<f32>(out, f32x4.extract_lane(values, 2) * load<f32>(mask, 8), 8);
      const bytes = (<usize>left) << 2;
      scores += <usize>left * width;
      mask += bytes;
      out += bytes;
    }
    kinds += 4;
    ofRow += unitBytes;
  }
}

/** v · max(0, r + z W) of four candidates, whose scores begin at `first` and, so many bytes behind it, at the others' places. */
function fourSums(
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  ofRow: usize,
  kernel: usize,
  head: usize,
  width: usize,
  unitBytes: usize,
): v128 {
  const zero = f32x4.splat(0);
  const end = first + width;
  let sum0 = zero;
  let sum1 = zero;
  let sum2 = zero;
  let sum3 = zero;
  for (let unit: usize = 0; unit < unitBytes; unit += 32) {
    // Eight units of four candidates at once: eight accumulators.
    let a0 = v128.load(ofRow + unit);
    let b0 = v128.load(ofRow + unit, 16);
    let a1 = a0;
    let b1 = b0;
    let a2 = a0;
    let b2 = b0;
    let a3 = a0;
    let b3 = b0;
    let from = kernel + unit;
    for (let z = first; z < end; z += 4) {
      const a = v128.load(from);
      const b = v128.load(from, 16);
      const z0 = v128.load32_splat(z);
      a0 = Lanes.multiplyAdd(z0, a, a0);
      b0 = Lanes.multiplyAdd(z0, b, b0);
      const z1 = v128.load32_splat(z + second);
      a1 = Lanes.multiplyAdd(z1, a, a1);
      b1 = Lanes.multiplyAdd(z1, b, b1);
      const z2 = v128.load32_splat(z + third);
      a2 = Lanes.multiplyAdd(z2, a, a2);
      b2 = Lanes.multiplyAdd(z2, b, b2);
      const z3 = v128.load32_splat(z + fourth);
      a3 = Lanes.multiplyAdd(z3, a, a3);
      b3 = Lanes.multiplyAdd(z3, b, b3);
      from += unitBytes;
    }
    const a = v128.load(head + unit);
    const b = v128.load(head + unit, 16);
    sum0 = Lanes.multiplyAdd(f32x4.max(b0, zero), b, Lanes.multiplyAdd(f32x4.max(a0, zero), a, sum0));
    sum1 = Lanes.multiplyAdd(f32x4.max(b1, zero), b, Lanes.multiplyAdd(f32x4.max(a1, zero), a, sum1));
    sum2 = Lanes.multiplyAdd(f32x4.max(b2, zero), b, Lanes.multiplyAdd(f32x4.max(a2, zero), a, sum2));
    sum3 = Lanes.multiplyAdd(f32x4.max(b3, zero), b, Lanes.multiplyAdd(f32x4.max(a3, zero), a, sum3));
  }
  let four = f32x4.splat(Lanes.sum(sum0));
  four = f32x4.replace_lane(four, 1, Lanes.sum(sum1));
  four = f32x4.replace_lane(four, 2, Lanes.sum(sum2));
  return f32x4.replace_lane(four, 3, Lanes.sum(sum3));
}
