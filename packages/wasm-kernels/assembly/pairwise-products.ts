import { Lanes } from './lanes';

/**
 * The products x_a ⊗ x_b of all pairs a < b of each row, in the order (0, 1), (0, 2), …, (1, 2), …
 *
 * @param x - float32 `[batch, length, size]`
 * @param out - float32 `[batch, length · (length − 1) / 2, size]`
 */
export function pairwiseProducts(x: usize, out: usize, batch: i32, length: i32, size: i32): void {
  const bytes = (<usize>size) << 2;
  const rowBytes = <usize>length * bytes;
  const end = x + <usize>batch * rowBytes;
  for (let rowEnd = x + rowBytes; rowEnd <= end; rowEnd += rowBytes) {
    for (; x < rowEnd; x += bytes) {
      for (let other = x + bytes; other < rowEnd; other += bytes) {
        multiply(x, other, out, bytes);
        out += bytes;
      }
    }
  }
}

/**
 * The gradient of {@link pairwiseProducts}: dx_a = Σ over the others b of d(x_a ⊗ x_b) ⊗ x_b.
 *
 * @param dy - float32 `[batch, length · (length − 1) / 2, size]`
 * @param dx - float32 `[batch, length, size]`
 */
export function pairwiseProductsGradient(
  x: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  length: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  const rowBytes = <usize>length * bytes;
  const end = x + <usize>batch * rowBytes;
  memory.fill(dx, 0, <usize>batch * rowBytes);
  const toGradient = dx - x;
  for (let rowEnd = x + rowBytes; rowEnd <= end; rowEnd += rowBytes) {
    for (; x < rowEnd; x += bytes) {
      for (let other = x + bytes; other < rowEnd; other += bytes) {
        addProducts(dy, x, other, toGradient, bytes);
        dy += bytes;
      }
    }
  }
}

function multiply(x: usize, y: usize, out: usize, bytes: usize): void {
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    v128.store(out + byte, f32x4.mul(v128.load(x + byte), v128.load(y + byte)));
  }
  for (; byte < bytes; byte += 4) store<f32>(out + byte, load<f32>(x + byte) * load<f32>(y + byte));
}

/** dx += dy ⊗ y and the other way round; the gradients lie `toGradient` bytes behind the vectors. */
function addProducts(dy: usize, x: usize, y: usize, toGradient: usize, bytes: usize): void {
  const dx = x + toGradient;
  const other = y + toGradient;
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    const d = v128.load(dy + byte);
    v128.store(dx + byte, Lanes.multiplyAdd(d, v128.load(y + byte), v128.load(dx + byte)));
    v128.store(other + byte, Lanes.multiplyAdd(d, v128.load(x + byte), v128.load(other + byte)));
  }
  for (; byte < bytes; byte += 4) {
    const d = load<f32>(dy + byte);
    store<f32>(dx + byte, load<f32>(dx + byte) + d * load<f32>(y + byte));
    store<f32>(other + byte, load<f32>(other + byte) + d * load<f32>(x + byte));
  }
}
