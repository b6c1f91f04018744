/** The mean of those who count, that is of all numbers but NaN; NaN where nobody does. */
export function meanOf(scores: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < scores.length; index++) {
    if (Number.isNaN(scores[index])) continue;
    sum += scores[index]!;
    count += 1;
  }
  return sum / count;
}
