/**
 * The root of the mean squared error of predicted ratings, √(Σ (prediction − rating)² / n), in the unit of the ratings.
 *
 * @param predictions - `[n]`, like `ratings`.
 * @returns NaN where there is none.
 * @throws RangeError where the lengths differ.
 */
export function rootMeanSquaredError(predictions: ArrayLike<number>, ratings: ArrayLike<number>): number {
  return Math.sqrt(meanOfErrors(predictions, ratings, (error) => error ** 2));
}

/**
 * The mean absolute error of predicted ratings, Σ |prediction − rating| / n, in the unit of the ratings.
 *
 * @param predictions - `[n]`, like `ratings`.
 * @returns NaN where there is none.
 * @throws RangeError where the lengths differ.
 */
export function meanAbsoluteError(predictions: ArrayLike<number>, ratings: ArrayLike<number>): number {
  return meanOfErrors(predictions, ratings, Math.abs);
}

function meanOfErrors(
  predictions: ArrayLike<number>,
  ratings: ArrayLike<number>,
  penalty: (error: number) => number,
): number {
  const { length } = ratings;
  if (predictions.length !== length) {
    throw new RangeError(`predictions: expected ${length}, one for each rating, got ${predictions.length}`);
  }
  let sum = 0;
  for (let row = 0; row < length; row++) sum += penalty(predictions[row]! - ratings[row]!);
  return sum / length; // 0 / 0 where there is none
}
