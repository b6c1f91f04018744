/** A mean and the interval that holds it with 95 % confidence. NaN where nobody counts. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}
