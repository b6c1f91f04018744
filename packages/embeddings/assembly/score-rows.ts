/**
 * The inner products of 8 rows of a table, float32 `[any, size]`, with a query: float32 `[8]` at `scores`. Each is added up in
 * plain order, so that it is the same whichever rows are beside it.
 *
 * @param rows - int32 `[8]`: which ones.
 */
export function scoreRows(table: usize, rows: usize, size: usize, query: usize, scores: usize): void {
  const stride = size << 2;
  let a = table + <usize>load<u32>(rows) * stride;
  let b = table + <usize>load<u32>(rows, 4) * stride;
  let c = table + <usize>load<u32>(rows, 8) * stride;
  let d = table + <usize>load<u32>(rows, 12) * stride;
  let e = table + <usize>load<u32>(rows, 16) * stride;
  let f = table + <usize>load<u32>(rows, 20) * stride;
  let g = table + <usize>load<u32>(rows, 24) * stride;
  let h = table + <usize>load<u32>(rows, 28) * stride;
  let first = f32x4.splat(0);
  let second = first;
  const end = query + stride;
  for (const fours = query + ((size & ~3) << 2); query < fours; query += 16) {
    // Four dimensions of four rows are turned into four rows of one dimension each; numbers of the query are read when both groups
    // need them, or there are more of them than registers and the sums go to memory.
    const p = v128.load(a);
    const q = v128.load(b);
    const r = v128.load(c);
    const s = v128.load(d);
    const ab = v128.shuffle<f32>(p, q, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(r, s, 0, 4, 1, 5);
    const abEnd = v128.shuffle<f32>(p, q, 2, 6, 3, 7);
    const cdEnd = v128.shuffle<f32>(r, s, 2, 6, 3, 7);
    const t = v128.load(e);
    const u = v128.load(f);
    const v = v128.load(g);
    const w = v128.load(h);
    const ef = v128.shuffle<f32>(t, u, 0, 4, 1, 5);
    const gh = v128.shuffle<f32>(v, w, 0, 4, 1, 5);
    const efEnd = v128.shuffle<f32>(t, u, 2, 6, 3, 7);
    const ghEnd = v128.shuffle<f32>(v, w, 2, 6, 3, 7);
    let x = v128.load32_splat(query);
    first = f32x4.add(first, f32x4.mul(v128.shuffle<i64>(ab, cd, 0, 2), x));
    second = f32x4.add(second, f32x4.mul(v128.shuffle<i64>(ef, gh, 0, 2), x));
    x = v128.load32_splat(query, 4);
    first = f32x4.add(first, f32x4.mul(v128.shuffle<i64>(ab, cd, 1, 3), x));
    second = f32x4.add(second, f32x4.mul(v128.shuffle<i64>(ef, gh, 1, 3), x));
    x = v128.load32_splat(query, 8);
    first = f32x4.add(first, f32x4.mul(v128.shuffle<i64>(abEnd, cdEnd, 0, 2), x));
    second = f32x4.add(second, f32x4.mul(v128.shuffle<i64>(efEnd, ghEnd, 0, 2), x));
    x = v128.load32_splat(query, 12);
    first = f32x4.add(first, f32x4.mul(v128.shuffle<i64>(abEnd, cdEnd, 1, 3), x));
    second = f32x4.add(second, f32x4.mul(v128.shuffle<i64>(efEnd, ghEnd, 1, 3), x));
    a += 16;
    b += 16;
    c += 16;
    d += 16;
    e += 16;
    f += 16;
    g += 16;
    h += 16;
  }
  for (; query < end; query += 4) {
    const x = v128.load32_splat(query);
    const four = f32x4(load<f32>(a), load<f32>(b), load<f32>(c), load<f32>(d));
    const others = f32x4(load<f32>(e), load<f32>(f), load<f32>(g), load<f32>(h));
    first = f32x4.add(first, f32x4.mul(four, x));
    second = f32x4.add(second, f32x4.mul(others, x));
    a += 4;
    b += 4;
    c += 4;
    d += 4;
    e += 4;
    f += 4;
    g += 4;
    h += 4;
  }
  v128.store(scores, first);
  v128.store(scores, second, 16);
}
