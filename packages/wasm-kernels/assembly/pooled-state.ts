import { Lanes } from './lanes';

/**
 * DRR-ave (Liu et al. 2018, section 4.1): out = [u, u ⊗ g, g], g = (1 / m) Σ w_a i_a over the m items that
 * the history holds; without any g is 0.
 *
 * @param users - float32 `[_, size]`; `userRows`: int32 `[batch]`, which rows to take.
 * @param items - float32 `[_, size]`; `itemRows`: int32 `[batch, length]`.
 * @param mask - float32 `[batch, length]`, 1 at an item and 0 at padding.
 * @param weights - float32 `[length]`, one a position.
 * @param out - float32 `[batch, 3 · size]`
 */
export function pooledState(
  users: usize,
  userRows: usize,
  items: usize,
  itemRows: usize,
  mask: usize,
  weights: usize,
  out: usize,
  batch: i32,
  length: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  for (let row = 0; row < batch; row++) {
    const average = out + 2 * bytes;
    const share: f32 = 1 / countItems(mask, length);
    memory.fill(average, 0, bytes);
    addItems(items, itemRows, mask, weights, length, share, average, bytes);
    writeProducts(users + <usize>load<i32>(userRows) * bytes, average, out, bytes);
    userRows += 4;
    itemRows += (<usize>length) << 2;
    mask += (<usize>length) << 2;
    out += 3 * bytes;
  }
}

/**
 * The gradient of {@link pooledState} for its weights: dw_a = Σ over the batch of
 * (1 / m) i_a · (d(u ⊗ g) ⊗ u + dg).
 *
 * @param gradient - float32 `[batch, 2 · size]`, of u ⊗ g and of g; rows lie `gradientStride` bytes apart.
 * @param pooled - float32 `[size]`, scratch.
 * @param out - float32 `[length]`
 */
export function pooledStateGradient(
  users: usize,
  userRows: usize,
  items: usize,
  itemRows: usize,
  mask: usize,
  gradient: usize,
  gradientStride: usize,
  pooled: usize,
  out: usize,
  batch: i32,
  length: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  memory.fill(out, 0, (<usize>length) << 2);
  for (let row = 0; row < batch; row++) {
    const user = users + <usize>load<i32>(userRows) * bytes;
    poolGradient(gradient, user, pooled, bytes);
    const share: f32 = 1 / countItems(mask, length);
    for (let place = 0; place < length; place++) {
      const offset = (<usize>place) << 2;
      const present = load<f32>(mask + offset);
      if (present == 0) continue;
      const item = items + <usize>load<i32>(itemRows + offset) * bytes;
      const change = innerProduct(item, pooled, bytes) * present * share;
      store<f32>(out + offset, load<f32>(out + offset) + change);
    }
    userRows += 4;
    itemRows += (<usize>length) << 2;
    mask += (<usize>length) << 2;
    gradient += gradientStride;
  }
}

function countItems(mask: usize, length: i32): f32 {
  let count: f32 = 0;
  for (let place = 0; place < length; place++) count += load<f32>(mask + ((<usize>place) << 2));
  return max<f32>(count, 1);
}

/** sum += share · Σ w_a i_a: four items in one pass where all are there, else one by one. */
function addItems(
  items: usize,
  rows: usize,
  mask: usize,
  weights: usize,
  length: i32,
  share: f32,
  sum: usize,
  bytes: usize,
): void {
  let place = 0;
  while (place < length) {
    if (place + 4 <= length && v128.all_true<i32>(f32x4.ne(v128.load(mask), f32x4.splat(0)))) {
      const scales = f32x4.mul(f32x4.mul(v128.load(mask), v128.load(weights)), f32x4.splat(share));
      const x0 = items + <usize>load<i32>(rows) * bytes;
      const x1 = items + <usize>load<i32>(rows, 4) * bytes;
      const x2 = items + <usize>load<i32>(rows, 8) * bytes;
      const x3 = items + <usize>load<i32>(rows, 12) * bytes;
      addFourScaled(x0, x1, x2, x3, scales, sum, bytes);
      place += 4;
      rows += 16;
      mask += 16;
      weights += 16;
    } else {
      const present = load<f32>(mask);
      const item = items + <usize>load<i32>(rows) * bytes;
      if (present != 0) addScaled(item, present * load<f32>(weights) * share, sum, bytes);
      place++;
      rows += 4;
      mask += 4;
      weights += 4;
    }
  }
}

/** sum += Σ scale_i · x_i, in the order of i: the vectors are waited for together, and the sum stays in a register. */
function addFourScaled(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  scales: v128,
  sum: usize,
  bytes: usize,
): void {
  const s0 = v128.shuffle<f32>(scales, scales, 0, 0, 0, 0);
  const s1 = v128.shuffle<f32>(scales, scales, 1, 1, 1, 1);
  const s2 = v128.shuffle<f32>(scales, scales, 2, 2, 2, 2);
  const s3 = v128.shuffle<f32>(scales, scales, 3, 3, 3, 3);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    let total = v128.load(sum + byte);
    total = Lanes.multiplyAdd(v128.load(x0 + byte), s0, total);
    total = Lanes.multiplyAdd(v128.load(x1 + byte), s1, total);
    total = Lanes.multiplyAdd(v128.load(x2 + byte), s2, total);
    total = Lanes.multiplyAdd(v128.load(x3 + byte), s3, total);
    v128.store(sum + byte, total);
  }
  for (; byte < bytes; byte += 4) {
    let total = load<f32>(sum + byte);
    total += load<f32>(x0 + byte) * f32x4.extract_lane(s0, 0);
    total += load<f32>(x1 + byte) * f32x4.extract_lane(s1, 0);
    total += load<f32>(x2 + byte) * f32x4.extract_lane(s2, 0);
    total += load<f32>(x3 + byte) * f32x4.extract_lane(s3, 0);
    store<f32>(sum + byte, total);
  }
}

/** sum += scale · x */
export function addScaled(x: usize, scale: f32, sum: usize, bytes: usize): void {
  const scales = f32x4.splat(scale);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    v128.store(sum + byte, Lanes.multiplyAdd(v128.load(x + byte), scales, v128.load(sum + byte)));
  }
  for (; byte < bytes; byte += 4) store<f32>(sum + byte, load<f32>(sum + byte) + load<f32>(x + byte) * scale);
}

/** u and u ⊗ g, one after the other. */
function writeProducts(user: usize, average: usize, out: usize, bytes: usize): void {
  const products = out + bytes;
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    const u = v128.load(user + byte);
    v128.store(out + byte, u);
    v128.store(products + byte, f32x4.mul(u, v128.load(average + byte)));
  }
  for (; byte < bytes; byte += 4) {
    const u = load<f32>(user + byte);
    store<f32>(out + byte, u);
    store<f32>(products + byte, u * load<f32>(average + byte));
  }
}

/** out = d(u ⊗ g) ⊗ u + dg, the gradient of g; dg lies one vector behind d(u ⊗ g). */
function poolGradient(products: usize, user: usize, out: usize, bytes: usize): void {
  const average = products + bytes;
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    const product = f32x4.mul(v128.load(products + byte), v128.load(user + byte));
    v128.store(out + byte, f32x4.add(product, v128.load(average + byte)));
  }
  for (; byte < bytes; byte += 4) {
    store<f32>(out + byte, load<f32>(products + byte) * load<f32>(user + byte) + load<f32>(average + byte));
  }
}

export function innerProduct(x: usize, y: usize, bytes: usize): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let byte: usize = 0;
  for (; byte + 32 <= bytes; byte += 32) {
    sum0 = Lanes.multiplyAdd(v128.load(x + byte), v128.load(y + byte), sum0);
    sum1 = Lanes.multiplyAdd(v128.load(x + byte, 16), v128.load(y + byte, 16), sum1);
  }
  let sum = Lanes.sum(f32x4.add(sum0, sum1));
  for (; byte < bytes; byte += 4) sum += load<f32>(x + byte) * load<f32>(y + byte);
  return sum;
}
