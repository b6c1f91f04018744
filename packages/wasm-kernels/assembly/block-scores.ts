/**
 * Adds to each row's scores of candidates what several blocks give them, each counted as the row does: out += Σ_b w_b z_b.
 *
 * @param weights - float32, w `[blocks]` a row; rows lie `weightsStride` bytes apart.
 * @param scores - float32 `[batch, count, blocks]`: z.
 * @param out - float32 `[batch, count]`
 */
export function addBlockScores(
  weights: usize,
  weightsStride: usize,
  scores: usize,
  out: usize,
  batch: i32,
  count: i32,
  blocks: i32,
): void {
  const width = (<usize>blocks) << 2;
  for (let row = 0; row < batch; row++) {
    for (let place = 0; place < count; place++) {
      let sum: f32 = 0;
      for (let at: usize = 0; at < width; at += 4) sum += load<f32>(weights + at) * load<f32>(scores + at);
      store<f32>(out, load<f32>(out) + sum);
      scores += width;
      out += 4;
    }
    weights += weightsStride;
  }
}

/**
 * The gradient of {@link addBlockScores} for its weights: dw_b = Σ over the row's candidates of dout z_b.
 *
 * @param gradient - of the scores, float32 `[batch, count]`.
 * @param out - `[blocks]` a row; rows lie `outStride` bytes apart.
 */
export function blockScoresGradient(
  gradient: usize,
  scores: usize,
  out: usize,
  outStride: usize,
  batch: i32,
  count: i32,
  blocks: i32,
): void {
  const width = (<usize>blocks) << 2;
  for (let row = 0; row < batch; row++) {
    memory.fill(out, 0, width);
    for (let place = 0; place < count; place++) {
      const share = load<f32>(gradient);
      for (let at: usize = 0; at < width; at += 4) {
        store<f32>(out + at, load<f32>(out + at) + share * load<f32>(scores + at));
      }
      gradient += 4;
      scores += width;
    }
    out += outStride;
  }
}
