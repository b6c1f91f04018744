import { Exponential } from './exponential';
import { Lanes } from './lanes';

/**
 * A softmax over each row's own score and the scores beside it, its sum, and the gradient of the weighted cross-entropy of
 * the own one.
 *
 * @param own - float32 `[rows]`, like `weights`, `ownGradient`, `maxima` and `sums`.
 * @param others - `[rows, columns]`, like `gradient`.
 * @param hidden - int32 `[rows]`: a column that does not count, or −1.
 * @param maxima - the largest score of each row; e^(score − largest) are what is summed.
 */
export function softmaxLoss(
  own: usize,
  others: usize,
  hidden: usize,
  weights: usize,
  ownGradient: usize,
  gradient: usize,
  maxima: usize,
  sums: usize,
  rows: i32,
  columns: i32,
): void {
  const width = (<usize>columns) << 2;
  const whole = ((<usize>columns) & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    const first = load<f32>(own);
    // What is hidden steps aside meanwhile: it may be larger than all others.
    const column = load<i32>(hidden);
    const place = others + ((<usize>max(column, 0)) << 2);
    const kept = load<f32>(place);
    if (column >= 0) store<f32>(place, -Infinity);
    let highest = f32x4.splat(first);
    for (let at: usize = 0; at < whole; at += 16) highest = f32x4.pmax(highest, v128.load(others + at));
    let most = max<f32>(
      max<f32>(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
      max<f32>(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
    );
    for (let at = whole; at < width; at += 4) most = max<f32>(most, load<f32>(others + at));

    const mosts = f32x4.splat(most);
    let total = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 16) {
      const share = Exponential.natural(f32x4.sub(v128.load(others + at), mosts));
      v128.store(gradient + at, share);
      total = f32x4.add(total, share);
    }
    let sum = Lanes.sum(total);
    for (let at = whole; at < width; at += 4) {
      const share = exponentialOf(load<f32>(others + at) - most);
      store<f32>(gradient + at, share);
      sum += share;
    }
    const ownShare = exponentialOf(first - most);
    sum += ownShare;

    const weight = load<f32>(weights);
    const scale = weight / sum;
    for (let at: usize = 0; at < whole; at += 16) {
      v128.store(gradient + at, f32x4.mul(v128.load(gradient + at), f32x4.splat(scale)));
    }
    for (let at = whole; at < width; at += 4) store<f32>(gradient + at, load<f32>(gradient + at) * scale);
    if (column >= 0) {
      store<f32>(place, kept);
      store<f32>(gradient + (place - others), 0);
    }
    store<f32>(ownGradient, ownShare * scale - weight);
    store<f32>(maxima, most);
    store<f32>(sums, sum);
    own += 4;
    hidden += 4;
    weights += 4;
    ownGradient += 4;
    maxima += 4;
    sums += 4;
    others += width;
    gradient += width;
  }
}

function exponentialOf(x: f32): f32 {
  return f32x4.extract_lane(Exponential.natural(f32x4.splat(x)), 0);
}
