/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1, in the order that closes its section 2), in place:
 * m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², p ← p − rate · m / (√v + ε).
 *
 * @param rate - the learning rate with both corrections of the moments' bias in it.
 * @param scale - multiplies each gradient first, to shorten it.
 */
export function adam(
  parameter: usize,
  mean: usize,
  square: usize,
  gradient: usize,
  length: i32,
  beta1: f64,
  beta2: f64,
  rate: f32,
  epsilon: f32,
  scale: f32,
): void {
  const keep1 = <f32>beta1;
  const keep2 = <f32>beta2;
  // Before they are rounded: 1 − 0.999 in float32 would be wrong by 10⁻⁵ of itself.
  const take1 = <f32>(1 - beta1);
  const take2 = <f32>(1 - beta2);
  const scales = f32x4.splat(scale);
  const rates = f32x4.splat(rate);
  const epsilons = f32x4.splat(epsilon);
  let place = 0;
  for (; place + 4 <= length; place += 4) {
    const g = f32x4.mul(v128.load(gradient), scales);
    const m = f32x4.add(f32x4.mul(v128.load(mean), f32x4.splat(keep1)), f32x4.mul(g, f32x4.splat(take1)));
    const v = f32x4.add(
      f32x4.mul(v128.load(square), f32x4.splat(keep2)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(take2)),
    );
    const change = f32x4.div(f32x4.mul(m, rates), f32x4.add(f32x4.sqrt(v), epsilons));
    v128.store(mean, m);
    v128.store(square, v);
    v128.store(parameter, f32x4.sub(v128.load(parameter), change));
    parameter += 16;
    mean += 16;
    square += 16;
    gradient += 16;
  }
  for (; place < length; place++) {
    const g = load<f32>(gradient) * scale;
    const m = load<f32>(mean) * keep1 + g * take1;
    const v = load<f32>(square) * keep2 + g * g * take2;
    store<f32>(mean, m);
    store<f32>(square, v);
    store<f32>(parameter, load<f32>(parameter) - (m * rate) / (sqrt<f32>(v) + epsilon));
    parameter += 4;
    mean += 4;
    square += 4;
    gradient += 4;
  }
}

/** target ← target + τ (source − target), in place. */
export function softUpdate(target: usize, source: usize, length: i32, tau: f32): void {
  const taus = f32x4.splat(tau);
  let place = 0;
  for (; place + 4 <= length; place += 4) {
    const old = v128.load(target);
    v128.store(target, f32x4.add(old, f32x4.mul(f32x4.sub(v128.load(source), old), taus)));
    target += 16;
    source += 16;
  }
  for (; place < length; place++) {
    const old = load<f32>(target);
    store<f32>(target, old + (load<f32>(source) - old) * tau);
    target += 4;
    source += 4;
  }
}

/** The sum of the squares of many numbers. */
export function squareSum(x: usize, length: i32): f64 {
  let sum: f64 = 0;
  for (let place = 0; place < length; place++) {
    const value = <f64>load<f32>(x);
    sum += value * value;
    x += 4;
  }
  return sum;
}
