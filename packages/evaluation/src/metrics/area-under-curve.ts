/**
 * The area under the ROC curve of one user's scores: how likely a relevant item has a higher score than another that is not, where
 * equal scores count half. .5 is chance.
 *
 * It is the Mann–Whitney statistic over the number of pairs: (Σ ranks of the relevant − p (p + 1) / 2) / (p n), with p relevant
 * ones and n others, ranks from the lowest score up and equal ones sharing their mean.
 *
 * @param scores - `[candidates]`
 * @param relevant - `[candidates]`: whether each is relevant.
 * @returns NaN where all or none are relevant.
 * @throws RangeError where the lengths differ or a score is NaN.
 */
export function areaUnderCurveOf(scores: ArrayLike<number>, relevant: ArrayLike<boolean>): number {
  const { length } = scores;
  if (relevant.length !== length) {
    throw new RangeError(`relevant: expected ${length}, one for each score, got ${relevant.length}`);
  }
  const order = Uint32Array.from({ length }, (_, place) => place);
  for (const place of order) {
    if (Number.isNaN(scores[place])) throw new RangeError(`scores[${place}]: expected a number, got NaN`);
  }
  order.sort((one, other) => scores[one]! - scores[other]! || 0); // Infinity − Infinity is NaN
  let [ranks, positives] = [0, 0];
  for (let first = 0; first < length;) {
    let end = first + 1;
    while (end < length && scores[order[end]!] === scores[order[first]!]) end++;
    const shared = (first + 1 + end) / 2;
    for (let place = first; place < end; place++) {
      if (!relevant[order[place]!]) continue;
      ranks += shared;
      positives += 1;
    }
    first = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (length - positives));
}
