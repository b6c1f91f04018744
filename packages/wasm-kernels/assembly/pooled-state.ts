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
    const user = users + <usize>load<i32>(userRows) * bytes;
    const products = out + bytes;
    const average = products + bytes;
    memory.fill(average, 0, bytes);
    for (let place = 0; place < length; place++) {
      const offset = (<usize>place) << 2;
      const present = load<f32>(mask + offset);
      if (present == 0) continue;
      const item = items + <usize>load<i32>(itemRows + offset) * bytes;
      addScaled(average, item, present * load<f32>(weights + offset), bytes);
    }
    const share: f32 = 1 / countItems(mask, length);
    const shares = f32x4.splat(share);
    let byte: usize = 0;
    for (; byte + 16 <= bytes; byte += 16) {
      const u = v128.load(user + byte);
      const g = f32x4.mul(v128.load(average + byte), shares);
      v128.store(out + byte, u);
      v128.store(products + byte, f32x4.mul(u, g));
      v128.store(average + byte, g);
    }
    for (; byte < bytes; byte += 4) {
      const u = load<f32>(user + byte);
      const g = load<f32>(average + byte) * share;
      store<f32>(out + byte, u);
      store<f32>(products + byte, u * g);
      store<f32>(average + byte, g);
    }
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
 * @param gradient - float32 `[batch, 3 · size]`, of what pooledState wrote.
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
    poolGradient(gradient + bytes, user, pooled, bytes);
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
    gradient += 3 * bytes;
  }
}

function countItems(mask: usize, length: i32): f32 {
  let count: f32 = 0;
  for (let place = 0; place < length; place++) count += load<f32>(mask + ((<usize>place) << 2));
  return max<f32>(count, 1);
}

function addScaled(sum: usize, x: usize, weight: f32, bytes: usize): void {
  const weights = f32x4.splat(weight);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    v128.store(sum + byte, Lanes.multiplyAdd(v128.load(x + byte), weights, v128.load(sum + byte)));
  }
  for (; byte < bytes; byte += 4) {
    store<f32>(sum + byte, load<f32>(sum + byte) + load<f32>(x + byte) * weight);
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

function innerProduct(x: usize, y: usize, bytes: usize): f32 {
  let sums = f32x4.splat(0);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16)
    sums = Lanes.multiplyAdd(v128.load(x + byte), v128.load(y + byte), sums);
  let sum = Lanes.sum(sums);
  for (; byte < bytes; byte += 4) sum += load<f32>(x + byte) * load<f32>(y + byte);
  return sum;
}
