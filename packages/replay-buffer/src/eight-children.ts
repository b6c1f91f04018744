/** The sum of eight neighbors, in pairs: additions that need not wait for one another. */
export function sumOfEight(values: Float64Array, first: number): number {
  const left = values[first]! + values[first + 1]! + (values[first + 2]! + values[first + 3]!);
  return left + (values[first + 4]! + values[first + 5]! + (values[first + 6]! + values[first + 7]!));
}

/** The smallest of eight neighbors. */
export function minimumOfEight(values: Float64Array, first: number): number {
  let minimum = Infinity;
  for (let place = first; place < first + 8; place++) {
    const value = values[place]!;
    if (value < minimum) minimum = value;
  }
  return minimum;
}

/** The smallest of eight neighbors that is not 0, or ∞ where all are 0. */
export function positiveMinimumOfEight(values: Float64Array, first: number): number {
  let minimum = Infinity;
  for (let place = first; place < first + 8; place++) {
    const value = values[place]!;
    if (value < minimum && value > 0) minimum = value;
  }
  return minimum;
}
