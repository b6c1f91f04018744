import { Exponential } from './exponential';
import { addScaled, innerProduct } from './pooled-state';

/**
 * Scaled dot-product attention (Vaswani et al. 2017) of one query a user over the rows that the user has, head by head:
 * out = Σ_a s_a v_a with s = softmax_a(q · k_a / √d) over the places whose mask is 1. Without such a place out is 0.
 *
 * @param queries - float32 `[batch, size]`, like `out`; each head has d = size / heads numbers of it side by side.
 * @param keys - float32 `[batch, length, size]`, like `values`; what stands where the mask is 0 is not read.
 * @param mask - float32 `[batch, length]`, 1 at a row and 0 at padding.
 * @param shares - float32 `[batch, heads, length]`: s, 0 at padding, which the gradient needs.
 */
export function attention(
  queries: usize,
  keys: usize,
  values: usize,
  mask: usize,
  shares: usize,
  out: usize,
  batch: i32,
  length: i32,
  size: i32,
  heads: i32,
): void {
  const bytes = (<usize>size) << 2;
  const width = (<usize>length) << 2;
  const headBytes = bytes / <usize>heads;
  const scale: f32 = 1 / sqrt<f32>(<f32>(size / heads));
  memory.fill(out, 0, <usize>batch * bytes);
  for (let row = 0; row < batch; row++) {
    for (let head: usize = 0; head < bytes; head += headBytes) {
      writeScores(queries + head, keys + head, mask, shares, scale, width, bytes, headBytes);
      softmax(shares, mask, width);
      let value = values + head;
      for (let at: usize = 0; at < width; at += 4) {
        if (load<f32>(mask + at) != 0) addScaled(value, load<f32>(shares + at), out + head, headBytes);
        value += bytes;
      }
      shares += width;
    }
    queries += bytes;
    out += bytes;
    mask += width;
    keys += <usize>length * bytes;
    values += <usize>length * bytes;
  }
}

/**
 * The gradients of {@link attention} for queries, keys and values; those of keys and values are 0 where a share is.
 *
 * @param gradient - float32 `[batch, size]`: of what was written to `out`, which is `attended` here.
 * @param queriesGradient - float32 `[batch, size]`
 * @param keysGradient - float32 `[batch, length, size]`, like `valuesGradient`.
 */
export function attentionGradient(
  gradient: usize,
  attended: usize,
  queries: usize,
  keys: usize,
  values: usize,
  shares: usize,
  queriesGradient: usize,
  keysGradient: usize,
  valuesGradient: usize,
  batch: i32,
  length: i32,
  size: i32,
  heads: i32,
): void {
  const bytes = (<usize>size) << 2;
  const width = (<usize>length) << 2;
  const headBytes = bytes / <usize>heads;
  const scale: f32 = 1 / sqrt<f32>(<f32>(size / heads));
  memory.fill(queriesGradient, 0, <usize>batch * bytes);
  memory.fill(keysGradient, 0, <usize>(batch * length) * bytes);
  memory.fill(valuesGradient, 0, <usize>(batch * length) * bytes);
  for (let row = 0; row < batch; row++) {
    for (let head: usize = 0; head < bytes; head += headBytes) {
      const given = gradient + head;
      // Σ_a s_a (dout · v_a), which is what the softmax's gradient takes off each.
      const common = innerProduct(given, attended + head, headBytes);
      let place = head;
      for (let at: usize = 0; at < width; at += 4) {
        const share = load<f32>(shares + at);
        if (share != 0) {
          const change = scale * share * (innerProduct(given, values + place, headBytes) - common);
          addScaled(given, share, valuesGradient + place, headBytes);
          addScaled(queries + head, change, keysGradient + place, headBytes);
          addScaled(keys + place, change, queriesGradient + head, headBytes);
        }
        place += bytes;
      }
      shares += width;
    }
    gradient += bytes;
    attended += bytes;
    queries += bytes;
    queriesGradient += bytes;
    keys += <usize>length * bytes;
    values += <usize>length * bytes;
    keysGradient += <usize>length * bytes;
    valuesGradient += <usize>length * bytes;
  }
}

/** What a query scores each key, less the largest of those that count; anything finite at padding. */
function writeScores(
  query: usize,
  keys: usize,
  mask: usize,
  out: usize,
  scale: f32,
  width: usize,
  stride: usize,
  bytes: usize,
): void {
  let most: f32 = -Infinity;
  for (let at: usize = 0; at < width; at += 4) {
    const counts = load<f32>(mask + at) != 0;
    const score: f32 = counts ? scale * innerProduct(query, keys, bytes) : 0;
    store<f32>(out + at, score);
    if (counts) most = max<f32>(most, score);
    keys += stride;
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
