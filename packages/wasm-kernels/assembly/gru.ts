import { Exponential } from './exponential';

// One step of a gated recurrent unit, between its two matrix products; units are a multiple of four.

/**
 * z, r = σ(projected + product) and r ⊗ h.
 *
 * @param projected - float32 `[rows, 3 · units]`, of which the first two thirds are read.
 * @param product - h · U of the gates: `[rows, 2 · units]`.
 * @param before - h: `[rows, units]`, like `reset`.
 * @param gates - `[rows, 2 · units]`
 */
export function gruGates(
  projected: usize,
  product: usize,
  before: usize,
  gates: usize,
  reset: usize,
  rows: i32,
  units: i32,
): void {
  const width = (<usize>units) << 2;
  for (let row = 0; row < rows; row++) {
    for (let end = before + width; before < end; before += 16) {
      v128.store(gates, Exponential.sigmoid(f32x4.add(v128.load(projected), v128.load(product))));
      const r = Exponential.sigmoid(f32x4.add(v128.load(projected + width), v128.load(product + width)));
      v128.store(gates + width, r);
      v128.store(reset, f32x4.mul(r, v128.load(before)));
      projected += 16;
      product += 16;
      gates += 16;
      reset += 16;
    }
    projected += 2 * width;
    product += width;
    gates += width;
  }
}

/**
 * c = tanh(projected + product) and h' = h + z (c − h).
 *
 * @param projected - float32 `[rows, 3 · units]`, of which the last third is read.
 * @param product - (r ⊗ h) · U of the candidate: `[rows, units]`, like `before`, `candidates` and `after`.
 */
export function gruAdvance(
  projected: usize,
  product: usize,
  before: usize,
  gates: usize,
  candidates: usize,
  after: usize,
  rows: i32,
  units: i32,
): void {
  const width = (<usize>units) << 2;
  for (let row = 0; row < rows; row++) {
    projected += 2 * width;
    for (let end = before + width; before < end; before += 16) {
      const c = Exponential.hyperbolicTangent(f32x4.add(v128.load(projected), v128.load(product)));
      const h = v128.load(before);
      v128.store(candidates, c);
      v128.store(after, f32x4.add(h, f32x4.mul(v128.load(gates), f32x4.sub(c, h))));
      projected += 16;
      product += 16;
      gates += 16;
      candidates += 16;
      after += 16;
    }
    gates += width;
  }
}

/**
 * The gradients of `gruAdvance` for what z and c were made of, and for h as far as it goes by z.
 *
 * @param given, carried, product - `[rows, units]`: their sum is the gradient of h'.
 * @param gatesGradient - `[rows, 2 · units]`, of which the first half is written.
 * @param candidatesGradient - `[rows, units]`
 * @param carried - is overwritten with the gradient of h.
 */
export function gruAdvanceGradient(
  given: usize,
  carried: usize,
  product: usize,
  before: usize,
  gates: usize,
  candidates: usize,
  gatesGradient: usize,
  candidatesGradient: usize,
  rows: i32,
  units: i32,
): void {
  const width = (<usize>units) << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    for (let end = before + width; before < end; before += 16) {
      const gradient = f32x4.add(f32x4.add(v128.load(given), v128.load(carried)), v128.load(product));
      const z = v128.load(gates);
      const c = v128.load(candidates);
      const rest = f32x4.sub(one, z);
      const slope = f32x4.mul(f32x4.mul(f32x4.sub(c, v128.load(before)), z), rest);
      v128.store(gatesGradient, f32x4.mul(gradient, slope));
      const bend = f32x4.sub(one, f32x4.mul(c, c));
      v128.store(candidatesGradient, f32x4.mul(f32x4.mul(gradient, z), bend));
      v128.store(carried, f32x4.mul(gradient, rest));
      given += 16;
      carried += 16;
      product += 16;
      gates += 16;
      candidates += 16;
      gatesGradient += 16;
      candidatesGradient += 16;
    }
    gates += width;
    gatesGradient += width;
  }
}

/**
 * The gradients of `gruGates` for what r was made of, and for h as far as it goes by r ⊗ h, which is made again.
 *
 * @param resetGradient - of r ⊗ h: `[rows, units]`, like `before`, `reset` and `carried`, to which is added.
 * @param gatesGradient - `[rows, 2 · units]`, of which the second half is written.
 */
export function gruGatesGradient(
  resetGradient: usize,
  before: usize,
  gates: usize,
  gatesGradient: usize,
  reset: usize,
  carried: usize,
  rows: i32,
  units: i32,
): void {
  const width = (<usize>units) << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    gates += width;
    gatesGradient += width;
    for (let end = before + width; before < end; before += 16) {
      const gradient = v128.load(resetGradient);
      const h = v128.load(before);
      const r = v128.load(gates);
      const slope = f32x4.mul(f32x4.mul(h, r), f32x4.sub(one, r));
      v128.store(gatesGradient, f32x4.mul(gradient, slope));
      v128.store(reset, f32x4.mul(r, h));
      v128.store(carried, f32x4.add(v128.load(carried), f32x4.mul(gradient, r)));
      resetGradient += 16;
      gates += 16;
      gatesGradient += 16;
      reset += 16;
      carried += 16;
    }
  }
}
