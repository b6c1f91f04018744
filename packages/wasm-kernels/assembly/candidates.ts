import { Exponential } from './exponential';
import { Lanes } from './lanes';
import { innerProduct } from './pooled-state';

/** Bars a candidate from every softmax and maximum: far below any score, and finite, so that no NaN arises. */
const BARRED: f32 = -1e9;

/**
 * Scores x · a of each row's candidates, far below all others where there is none.
 *
 * @param actions - float32 `[batch, size]`: a.
 * @param items - float32 `[_, size]`
 * @param rows - int32 `[batch, count]`, which items.
 * @param mask - float32 `[batch, count]`: 1 at a candidate, 0 where there is none.
 * @param out - float32 `[batch, count]`
 */
export function candidateScores(
  actions: usize,
  items: usize,
  rows: usize,
  mask: usize,
  out: usize,
  batch: i32,
  count: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  for (let row = 0; row < batch; row++) {
    for (let place = 0; place < count; place++) {
      const item = items + <usize>load<i32>(rows) * bytes;
      store<f32>(out, load<f32>(mask) == 0 ? BARRED : innerProduct(item, actions, bytes));
      rows += 4;
      mask += 4;
      out += 4;
    }
    actions += bytes;
  }
}

/**
 * For each row −Σ_x π(x) Q(x), where π is the softmax of the candidates' scores divided by a temperature, and the gradient of the
 * mean of all rows for the scores: π(x) (Σ π Q − Q(x)) / (temperature · batch).
 *
 * See "Mean actor critic", Asadi et al. 2017, arXiv 1709.00503, equation 3.
 *
 * @param scores - float32 `[batch, count]`, like values and gradient.
 * @param values - Q.
 * @param losses - float32 `[batch]`
 */
export function softmaxPolicyLoss(
  scores: usize,
  values: usize,
  gradient: usize,
  losses: usize,
  batch: i32,
  count: i32,
  temperature: f32,
): void {
  const width = (<usize>count) << 2;
  const whole = ((<usize>count) & ~3) << 2;
  const colder = f32x4.splat(1 / temperature);
  for (let row = 0; row < batch; row++) {
    let highest = f32x4.splat(-Infinity);
    for (let at: usize = 0; at < whole; at += 16) highest = f32x4.pmax(highest, v128.load(scores + at));
    let most = max<f32>(
      max<f32>(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
      max<f32>(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
    );
    for (let at = whole; at < width; at += 4) most = max<f32>(most, load<f32>(scores + at));

    const mosts = f32x4.splat(most);
    let totals = f32x4.splat(0);
    let valued = totals;
    for (let at: usize = 0; at < whole; at += 16) {
      const share = Exponential.natural(f32x4.mul(f32x4.sub(v128.load(scores + at), mosts), colder));
      v128.store(gradient + at, share);
      totals = f32x4.add(totals, share);
      valued = f32x4.add(valued, f32x4.mul(share, v128.load(values + at)));
    }
    let total = Lanes.sum(totals);
    let expected = Lanes.sum(valued);
    for (let at = whole; at < width; at += 4) {
      const score = f32x4.splat(load<f32>(scores + at) - most);
      const share = f32x4.extract_lane(Exponential.natural(f32x4.mul(score, colder)), 0);
      store<f32>(gradient + at, share);
      total += share;
      expected += share * load<f32>(values + at);
    }

    const mean = expected / total;
    const scale: f32 = 1 / (total * temperature * <f32>batch);
    for (let at: usize = 0; at < whole; at += 16) {
      const below = f32x4.sub(f32x4.splat(mean), v128.load(values + at));
      const share = f32x4.mul(v128.load(gradient + at), f32x4.splat(scale));
      v128.store(gradient + at, f32x4.mul(share, below));
    }
    for (let at = whole; at < width; at += 4) {
      const share = load<f32>(gradient + at) * scale;
      store<f32>(gradient + at, share * (mean - load<f32>(values + at)));
    }
    store<f32>(losses, -mean);
    scores += width;
    values += width;
    gradient += width;
    losses += 4;
  }
}
