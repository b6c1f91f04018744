import type { Random } from '@rl-recsys/random';
import type { Interval } from './interval.js';
import { sumOfRatios, withMeansTogether, type Ratio } from './sum-of-ratios.js';

/**
 * The percentile bootstrap interval (Efron 1979) of a sum of ratios: units are drawn with replacement, as many as there
 * are, and the interval holds the middle of what they add up to.
 *
 * @param random - a fork of it is used, so that the same one gives the same interval.
 */
export function bootstrapInterval(
  given: readonly Ratio[],
  { random, resamples, confidence }: { random: Random; resamples: number; confidence: number },
): Interval {
  const ratios = withMeansTogether(given);
  const units = ratios[0]!.numerators.length;
  const stream = random.fork('bootstrap');
  const times = new Int32Array(units);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0);
    for (let draw = 0; draw < units; draw++) times[stream.integer(units)]! += 1;
    values[resample] = sumOfRatios(ratios, times);
  }
  return middleOf(values, confidence);
}

/** A resample whose weights add up to 0 says nothing. */
function middleOf(values: Float64Array, confidence: number): Interval {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { low: quantile((1 - confidence) / 2), high: quantile((1 + confidence) / 2) };
}
