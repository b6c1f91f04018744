/**
 * Copies the vectors of a row's partners, one after the other, as features of a regression: the vector
 * times `scale`, 1 where there are biases, then the target, `shift` + rating − the partner's bias, and
 * zeros up to `width` bytes. Rows lie `width + 16` bytes apart.
 *
 * @param partners - int32 `[count]`
 * @param ratings - float32 `[count]`, or address 0 for none.
 * @param table - float32 `[partners, size]`
 * @param biases - float32 `[partners]`, or address 0 for none.
 */
export function gatherFeatures(
  partners: usize,
  ratings: usize,
  count: usize,
  table: usize,
  biases: usize,
  size: usize,
  scale: f32,
  shift: f32,
  width: usize,
  to: usize,
): void {
  const bytes = size << 2;
  const whole = bytes & ~15;
  const scales = f32x4.splat(scale);
  const end = partners + (count << 2);
  while (partners < end) {
    const partner = <usize>load<u32>(partners);
    const from = table + partner * bytes;
    let byte: usize = 0;
    for (; byte < whole; byte += 16) v128.store(to + byte, f32x4.mul(v128.load(from + byte), scales));
    for (let rest = whole; rest < width; rest += 16) v128.store(to + rest, f32x4.splat(0));
    for (; byte < bytes; byte += 4) store<f32>(to + byte, load<f32>(from + byte) * scale);
    let target = shift;
    if (ratings) {
      target += load<f32>(ratings);
      ratings += 4;
    }
    if (biases) {
      store<f32>(to + bytes, 1);
      store<f32>(to + bytes, target - load<f32>(biases + (partner << 2)), 4);
    } else {
      store<f32>(to + bytes, target);
    }
    to += width + 16;
    partners += 4;
  }
}

/** Copies rows of a table as {@link gatherFeatures} does, unscaled and with a target of 0. */
export function copyFeatures(table: usize, count: usize, size: usize, width: usize, to: usize): void {
  const bytes = size << 2;
  for (let row: usize = 0; row < count; row++) {
    memory.fill(to + (bytes & ~15), 0, width - (bytes & ~15));
    memory.copy(to, table, bytes);
    table += bytes;
    to += width + 16;
  }
}
