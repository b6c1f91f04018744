import { Exponential } from './exponential';

// The same numbers stand in src/activation.ts.
export const RELU: i32 = 1;
const RELU6: i32 = 2;
const SIGMOID: i32 = 3;
const TANH: i32 = 4;
const ELU: i32 = 5;
const LEAKY_RELU: i32 = 6;
const PRELU: i32 = 7;

class Activation {
  @inline
  static forward(x: v128, kind: i32, alpha: v128): v128 {
    const zero = f32x4.splat(0);
    // pmin and pmax are one instruction each, and keep NaN.
    if (kind == RELU) return f32x4.pmax(x, zero);
    if (kind == RELU6) return f32x4.pmin(f32x4.pmax(x, zero), f32x4.splat(6));
    if (kind == SIGMOID) return Exponential.sigmoid(x);
    if (kind == TANH) return Exponential.hyperbolicTangent(x);
    if (kind == ELU) return v128.bitselect(Exponential.minusOne(f32x4.pmin(x, zero)), x, f32x4.lt(x, zero));
    if (kind >= LEAKY_RELU) return v128.bitselect(f32x4.mul(x, alpha), x, f32x4.lt(x, zero));
    return x;
  }

  @inline
  static backward(dy: v128, y: v128, kind: i32): v128 {
    const one = f32x4.splat(1);
    if (kind == RELU) return v128.and(dy, f32x4.gt(y, f32x4.splat(0)));
    if (kind == TANH) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
    if (kind == SIGMOID) return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(one, y)));
    return dy;
  }
}

/**
 * x ← f(x + bias), in place.
 *
 * @param x - `[rows, columns]`
 * @param bias - `[columns]`, or address 0 for none.
 * @param kind - which f; 0 is none.
 * @param slope - below 0, of a leaky ReLU.
 * @param slopes - `[columns]`, those of a parametric ReLU.
 */
export function activate(
  x: usize,
  rows: i32,
  columns: i32,
  bias: usize,
  kind: i32,
  slope: f32,
  slopes: usize,
): void {
  let alpha = f32x4.splat(slope);
  for (let row = 0; row < rows; row++) {
    let b = bias;
    let s = slopes;
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      let value = v128.load(x);
      if (bias) {
        value = f32x4.add(value, v128.load(b));
        b += 16;
      }
      if (kind == PRELU) {
        alpha = v128.load(s);
        s += 16;
      }
      v128.store(x, Activation.forward(value, kind, alpha));
      x += 16;
    }
    for (; column < columns; column++) {
      let value = load<f32>(x);
      if (bias) {
        value += load<f32>(b);
        b += 4;
      }
      if (kind == PRELU) {
        alpha = v128.load32_splat(s);
        s += 4;
      }
      store<f32>(x, f32x4.extract_lane(Activation.forward(f32x4.splat(value), kind, alpha), 0));
      x += 4;
    }
  }
}

/**
 * dx = dy · f'(x), where f' follows from y = f(x) alone: of none, ReLU, sigmoid and tanh. `dx` may be `dy`.
 *
 * @param dy - `[length]`, like y and dx.
 */
export function activationGradient(dy: usize, y: usize, dx: usize, length: i32, kind: i32): void {
  let place = 0;
  for (; place + 4 <= length; place += 4) {
    v128.store(dx, Activation.backward(v128.load(dy), v128.load(y), kind));
    dy += 16;
    y += 16;
    dx += 16;
  }
  for (; place < length; place++) {
    const value = Activation.backward(f32x4.splat(load<f32>(dy)), f32x4.splat(load<f32>(y)), kind);
    store<f32>(dx, f32x4.extract_lane(value, 0));
    dy += 4;
    y += 4;
    dx += 4;
  }
}
