import { Lanes } from './lanes';

/**
 * A matrix whose rows are mixed from those of several: out_i = W0_i + v1_i · W1_i + v2_i · W2_i …
 *
 * @param matrices - W0, W1, W2 …, each `[size, columns]`, one after the other.
 * @param vectors - v1, v2 …, each `[size]`, one after the other.
 * @param terms - how many vectors there are.
 * @param out - `[size, columns]`
 */
export function mixRows(
  matrices: usize,
  vectors: usize,
  terms: i32,
  out: usize,
  size: i32,
  columns: i32,
): void {
  const bytes = (<usize>columns) << 2;
  const matrixBytes = <usize>size * bytes;
  const termBytes = (<usize>size) << 2;
  const termsEnd = <usize>terms * termBytes;
  for (let row = 0; row < size; row++) {
    let byte: usize = 0;
    for (; byte + 16 <= bytes; byte += 16) {
      let sum = v128.load(matrices + byte);
      let from = matrices + byte;
      for (let term: usize = 0; term < termsEnd; term += termBytes) {
        from += matrixBytes;
        sum = Lanes.multiplyAdd(v128.load(from), v128.load32_splat(vectors + term), sum);
      }
      v128.store(out + byte, sum);
    }
    for (; byte < bytes; byte += 4) {
      let sum = load<f32>(matrices + byte);
      let from = matrices + byte;
      for (let term: usize = 0; term < termsEnd; term += termBytes) {
        from += matrixBytes;
        sum += load<f32>(from) * load<f32>(vectors + term);
      }
      store<f32>(out + byte, sum);
    }
    matrices += bytes;
    vectors += 4;
    out += bytes;
  }
}
