/** What a mix gives an item, or a row of the pools, that has `blockCount` scores. */
export function mixedScore(
  { scores, blockCount }: { readonly scores: Float32Array; readonly blockCount: number },
  row: number,
  weights: ArrayLike<number>,
): number {
  let score = 0;
  for (let block = 0; block < blockCount; block++)
    score += weights[block]! * scores[row * blockCount + block]!;
  return score;
}
