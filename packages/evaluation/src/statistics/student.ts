import type { Interval } from './interval.js';
import { meanOf } from './mean.js';

/**
 * The mean over seeds with its 95 % t-interval (Student 1908): how much training itself varies. It says
 * nothing about other users, for which there is `bootstrapMean`.
 *
 * @param means - `[seeds]`: one mean for each seed.
 * @throws RangeError where there are fewer than two, or one is not finite.
 */
export function studentInterval(means: ArrayLike<number>): Interval {
  const { length } = means;
  if (length < 2) throw new RangeError(`means: expected those of two seeds or more, got ${length}`);
  for (let seed = 0; seed < length; seed++) {
    if (!Number.isFinite(means[seed])) {
      throw new RangeError(`means[${seed}]: expected a finite number, got ${means[seed]}`);
    }
  }
  const mean = meanOf(means);
  let squares = 0;
  for (let seed = 0; seed < length; seed++) squares += (means[seed]! - mean) ** 2;
  const margin = studentQuantile(length - 1) * Math.sqrt(squares / (length - 1) / length);
  return { mean, low: mean - margin, high: mean + margin };
}

/** The t between whose negative and itself a Student variable lies with probability 0.95. */
export function studentQuantile(degreesOfFreedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, degreesOfFreedom) < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(degreesOfFreedom) * Math.tan(low);
}

/** P(|T| < √ν tan θ), exact for whole ν (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4). */
function probabilityWithin(theta: number, degreesOfFreedom: number): number {
  const isOdd = degreesOfFreedom % 2 === 1;
  const square = Math.cos(theta) ** 2;
  let term = isOdd ? Math.cos(theta) : 1;
  let sum = 0;
  for (let power = isOdd ? 1 : 0; power <= degreesOfFreedom - 2; power += 2) {
    sum += term;
    term *= (square * (power + 1)) / (power + 2);
  }
  return isOdd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}
