import { Lanes } from './lanes';

/** Keeps equal numbers from being divided by 0; what TransformerState of @rl-recsys/state adds as well. */
const EPSILON: f32 = 1e-5;

/**
 * Layer normalization (Ba et al. 2016): y = scale ⊗ x̂ + offset with x̂ = (x − mean) / √(variance + 1e-5), row by row.
 *
 * @param x - float32 `[rows, columns]`, like `normal` and y.
 * @param scale - float32 `[columns]`, like `offset`.
 * @param normal - x̂, which the gradient needs.
 * @param inverses - float32 `[rows]`: 1 / √(variance + 1e-5) of each, which the gradient needs too.
 */
export function layerNorm(
  x: usize,
  scale: usize,
  offset: usize,
  normal: usize,
  y: usize,
  inverses: usize,
  rows: i32,
  columns: i32,
): void {
  const bytes = (<usize>columns) << 2;
  const share: f32 = 1 / <f32>columns;
  for (let row = 0; row < rows; row++) {
    const mean = sumOf(x, bytes) * share;
    // Centred before they are squared: a variance by differences of squares loses all its digits far from 0.
    const inverse: f32 = 1 / sqrt<f32>(centre(x, mean, normal, bytes) * share + EPSILON);
    scaleNormal(normal, inverse, scale, offset, y, bytes);
    store<f32>(inverses, inverse);
    x += bytes;
    normal += bytes;
    y += bytes;
    inverses += 4;
  }
}

/**
 * The gradients of {@link layerNorm}: with g = scale ⊗ dy, dx = (g − mean(g) − x̂ mean(g ⊗ x̂)) / √(variance + 1e-5), row by row;
 * dscale = Σ x̂ ⊗ dy and doffset = Σ dy over all rows.
 *
 * @param dy - float32 `[rows, columns]`, like `normal` and dx, which may be dy.
 * @param scaleGradient - float32 `[columns]`, like `offsetGradient`; both are written.
 */
export function layerNormGradient(
  dy: usize,
  normal: usize,
  inverses: usize,
  scale: usize,
  dx: usize,
  scaleGradient: usize,
  offsetGradient: usize,
  rows: i32,
  columns: i32,
): void {
  const bytes = (<usize>columns) << 2;
  const share: f32 = 1 / <f32>columns;
  memory.fill(scaleGradient, 0, bytes);
  memory.fill(offsetGradient, 0, bytes);
  for (let row = 0; row < rows; row++) {
    let sums = f32x4.splat(0);
    let products = f32x4.splat(0);
    let byte: usize = 0;
    for (; byte + 16 <= bytes; byte += 16) {
      const gradient = v128.load(dy + byte);
      const x = v128.load(normal + byte);
      const change = f32x4.mul(gradient, x);
      v128.store(offsetGradient + byte, f32x4.add(v128.load(offsetGradient + byte), gradient));
      v128.store(scaleGradient + byte, f32x4.add(v128.load(scaleGradient + byte), change));
      sums = Lanes.multiplyAdd(v128.load(scale + byte), gradient, sums);
      products = Lanes.multiplyAdd(v128.load(scale + byte), change, products);
    }
    let sum = Lanes.sum(sums);
    let product = Lanes.sum(products);
    for (; byte < bytes; byte += 4) {
      const gradient = load<f32>(dy + byte);
      const change = gradient * load<f32>(normal + byte);
      store<f32>(offsetGradient + byte, load<f32>(offsetGradient + byte) + gradient);
      store<f32>(scaleGradient + byte, load<f32>(scaleGradient + byte) + change);
      sum += load<f32>(scale + byte) * gradient;
      product += load<f32>(scale + byte) * change;
    }
    writeGradient(dy, normal, scale, load<f32>(inverses), sum * share, product * share, dx, bytes);
    dy += bytes;
    normal += bytes;
    dx += bytes;
    inverses += 4;
  }
}

function sumOf(x: usize, bytes: usize): f32 {
  let sums = f32x4.splat(0);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) sums = f32x4.add(sums, v128.load(x + byte));
  let sum = Lanes.sum(sums);
  for (; byte < bytes; byte += 4) sum += load<f32>(x + byte);
  return sum;
}

/** out = x − mean, and the sum of its squares. */
function centre(x: usize, mean: f32, out: usize, bytes: usize): f32 {
  const means = f32x4.splat(mean);
  let squares = f32x4.splat(0);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    const centred = f32x4.sub(v128.load(x + byte), means);
    v128.store(out + byte, centred);
    squares = Lanes.multiplyAdd(centred, centred, squares);
  }
  let sum = Lanes.sum(squares);
  for (; byte < bytes; byte += 4) {
    const centred = load<f32>(x + byte) - mean;
    store<f32>(out + byte, centred);
    sum += centred * centred;
  }
  return sum;
}

/** x̂ = inverse · x̂ in place, and y = scale ⊗ x̂ + offset. */
function scaleNormal(normal: usize, inverse: f32, scale: usize, offset: usize, y: usize, bytes: usize): void {
  const inverses = f32x4.splat(inverse);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    const x = f32x4.mul(v128.load(normal + byte), inverses);
    v128.store(normal + byte, x);
    v128.store(y + byte, Lanes.multiplyAdd(x, v128.load(scale + byte), v128.load(offset + byte)));
  }
  for (; byte < bytes; byte += 4) {
    const x = load<f32>(normal + byte) * inverse;
    store<f32>(normal + byte, x);
    store<f32>(y + byte, x * load<f32>(scale + byte) + load<f32>(offset + byte));
  }
}

/** dx = inverse · (scale ⊗ dy − mean − x̂ · product) */
function writeGradient(
  dy: usize,
  normal: usize,
  scale: usize,
  inverse: f32,
  mean: f32,
  product: f32,
  dx: usize,
  bytes: usize,
): void {
  const inverses = f32x4.splat(inverse);
  const means = f32x4.splat(mean);
  const products = f32x4.splat(product);
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    const scaled = f32x4.mul(v128.load(dy + byte), v128.load(scale + byte));
    const common = Lanes.multiplyAdd(v128.load(normal + byte), products, means);
    v128.store(dx + byte, f32x4.mul(inverses, f32x4.sub(scaled, common)));
  }
  for (; byte < bytes; byte += 4) {
    const scaled = load<f32>(dy + byte) * load<f32>(scale + byte);
    const common = load<f32>(normal + byte) * product + mean;
    store<f32>(dx + byte, inverse * (scaled - common));
  }
}
