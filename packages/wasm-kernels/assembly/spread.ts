/** Bars a candidate from every softmax and maximum: far below any score, and finite, so that no NaN arises. */
const BARRED: f32 = -1e9;
/** Keeps equal scores from being divided by 0. */
const LEAST_SPREAD: f32 = 1e-3;

/**
 * Scores of each row's candidates brought to mean 0 and deviation 1, in place: far below all others where there is none.
 *
 * @param scores - float32 `[batch, count]`, like mask.
 * @param mask - 1 at a candidate, 0 where there is none.
 * @param deviations - float32 `[batch]`: what the scores of each row were divided by.
 */
export function spreadScores(scores: usize, mask: usize, deviations: usize, batch: i32, count: i32): void {
  const width = (<usize>count) << 2;
  for (let row = 0; row < batch; row++) {
    let there: f32 = 0;
    let sum: f32 = 0;
    for (let at: usize = 0; at < width; at += 4) {
      if (load<f32>(mask + at) == 0) continue;
      there += 1;
      sum += load<f32>(scores + at);
    }
    const mean = sum / max<f32>(there, 1);
    let squares: f32 = 0;
    for (let at: usize = 0; at < width; at += 4) {
      if (load<f32>(mask + at) == 0) continue;
      const centred = load<f32>(scores + at) - mean;
      squares += centred * centred;
    }
    const deviation = sqrt<f32>(squares / max<f32>(there, 1) + LEAST_SPREAD * LEAST_SPREAD);
    for (let at: usize = 0; at < width; at += 4) {
      const isThere = load<f32>(mask + at) != 0;
      store<f32>(scores + at, isThere ? (load<f32>(scores + at) - mean) / deviation : BARRED);
    }
    store<f32>(deviations, deviation);
    scores += width;
    mask += width;
    deviations += 4;
  }
}

/**
 * The gradient of {@link spreadScores}, in place: (dy − mean(dy) − y · mean(dy y)) / deviation over the candidates that there
 * are, and 0 elsewhere.
 *
 * @param gradient - float32 `[batch, count]`: dy.
 * @param spread - y: what it made of the scores.
 */
export function spreadScoresGradient(
  gradient: usize,
  spread: usize,
  mask: usize,
  deviations: usize,
  batch: i32,
  count: i32,
): void {
  const width = (<usize>count) << 2;
  for (let row = 0; row < batch; row++) {
    let there: f32 = 0;
    let sum: f32 = 0;
    let common: f32 = 0;
    for (let at: usize = 0; at < width; at += 4) {
      if (load<f32>(mask + at) == 0) continue;
      there += 1;
      sum += load<f32>(gradient + at);
      common += load<f32>(gradient + at) * load<f32>(spread + at);
    }
    const share: f32 = 1 / max<f32>(there, 1);
    const scale: f32 = 1 / load<f32>(deviations);
    for (let at: usize = 0; at < width; at += 4) {
      const left = load<f32>(gradient + at) - share * (sum + common * load<f32>(spread + at));
      store<f32>(gradient + at, load<f32>(mask + at) == 0 ? 0 : scale * left);
    }
    gradient += width;
    spread += width;
    mask += width;
    deviations += 4;
  }
}
