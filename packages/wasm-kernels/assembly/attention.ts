import { Exponential } from './exponential';
import { addScaled, innerProduct } from './pooled-state';

/**
 * Attention (Vaswani et al. 2017) of several queries a user to the rows that the user has, which are keys and values at once:
 * out = Σ_a s_a x_a with s = softmax_a(scale · q · x_a) over the places whose mask is 1. Without such a place out is 0.
 *
 * Projections go around it: q · (x W_K) is (q W_Kᵀ) · x, and Σ s (x W_V) is (Σ s x) W_V, so that a query is multiplied by a
 * matrix instead of each row.
 *
 * @param queries - float32 `[batch, terms, size]`, like `out`: one a head.
 * @param rows - float32 `[batch, length, size]`: x; what stands where the mask is 0 is not read.
 * @param mask - float32 `[batch, length]`, 1 at a row and 0 at padding.
 * @param shares - float32 `[batch, terms, length]`: s, 0 at padding, which the gradient needs.
 */
export function attention(
  queries: usize,
  rows: usize,
  mask: usize,
  scale: f32,
  shares: usize,
  out: usize,
  batch: i32,
  terms: i32,
  length: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  const width = (<usize>length) << 2;
  memory.fill(out, 0, <usize>(batch * terms) * bytes);
  for (let user = 0; user < batch; user++) {
    for (let term = 0; term < terms; term++) {
      writeScores(queries, rows, mask, scale, shares, width, bytes);
      softmax(shares, mask, width);
      let row = rows;
      for (let at: usize = 0; at < width; at += 4) {
        if (load<f32>(mask + at) != 0) addScaled(row, load<f32>(shares + at), out, bytes);
        row += bytes;
      }
      queries += bytes;
      out += bytes;
      shares += width;
    }
    mask += width;
    rows += <usize>length * bytes;
  }
}

/**
 * The gradients of {@link attention} for queries and rows; those of rows are 0 where all shares are.
 *
 * @param gradient - float32 `[batch, terms, size]`: of what was written to `out`, which is `attended` here.
 * @param queriesGradient - float32 `[batch, terms, size]`
 * @param rowsGradient - float32 `[batch, length, size]`
 */
export function attentionGradient(
  gradient: usize,
  attended: usize,
  queries: usize,
  rows: usize,
  scale: f32,
  shares: usize,
  queriesGradient: usize,
  rowsGradient: usize,
  batch: i32,
  terms: i32,
  length: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  const width = (<usize>length) << 2;
  memory.fill(queriesGradient, 0, <usize>(batch * terms) * bytes);
  memory.fill(rowsGradient, 0, <usize>(batch * length) * bytes);
  for (let user = 0; user < batch; user++) {
    for (let term = 0; term < terms; term++) {
      // Σ_a s_a (dout · x_a), which is what the softmax's gradient takes off each.
      const common = innerProduct(gradient, attended, bytes);
      let place: usize = 0;
      for (let at: usize = 0; at < width; at += 4) {
        const share = load<f32>(shares + at);
        if (share != 0) {
          const change = scale * share * (innerProduct(gradient, rows + place, bytes) - common);
          addScaled(gradient, share, rowsGradient + place, bytes);
          addScaled(queries, change, rowsGradient + place, bytes);
          addScaled(rows + place, change, queriesGradient, bytes);
        }
        place += bytes;
      }
      gradient += bytes;
      attended += bytes;
      queries += bytes;
      queriesGradient += bytes;
      shares += width;
    }
    rows += <usize>length * bytes;
    rowsGradient += <usize>length * bytes;
  }
}

/** What a query scores each row, less the largest of those that count; anything finite at padding. */
function writeScores(
  query: usize,
  rows: usize,
  mask: usize,
  scale: f32,
  out: usize,
  width: usize,
  bytes: usize,
): void {
  let most: f32 = -Infinity;
  for (let at: usize = 0; at < width; at += 4) {
    const counts = load<f32>(mask + at) != 0;
    const score: f32 = counts ? scale * innerProduct(query, rows, bytes) : 0;
    store<f32>(out + at, score);
    if (counts) most = max<f32>(most, score);
    rows += bytes;
  }
  for (let at: usize = 0; at < width; at += 4) {
    const isThere = load<f32>(mask + at) != 0;
    store<f32>(out + at, isThere ? load<f32>(out + at) - most : 0);
  }
}

/** Shares of 1 by the exponentials of scores, in place, and 0 where the mask is. */
function softmax(scores: usize, mask: usize, width: usize): void {
  let sum: f32 = 0;
  let at: usize = 0;
  for (; at + 16 <= width; at += 16) {
    const isThere = f32x4.ne(v128.load(mask + at), f32x4.splat(0));
    v128.store(scores + at, v128.and(Exponential.natural(v128.load(scores + at)), isThere));
  }
  for (; at < width; at += 4) {
    const share = Exponential.natural(f32x4.splat(load<f32>(scores + at)));
    store<f32>(scores + at, load<f32>(mask + at) != 0 ? f32x4.extract_lane(share, 0) : 0);
  }
  for (at = 0; at < width; at += 4) sum += load<f32>(scores + at);
  if (sum == 0) return;
  for (at = 0; at < width; at += 4) store<f32>(scores + at, load<f32>(scores + at) / sum);
}
