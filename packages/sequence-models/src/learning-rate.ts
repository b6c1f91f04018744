/** The share of all updates in which the learning rate rises. */
const RISING = 0.1;
/** Where it begins and ends; our choice. */
const LEAST = 0.05;

/**
 * What share of the largest learning rate an update has: it rises in a line for a tenth of the way and falls by a cosine.
 *
 * @param done - the share of updates that are done, from 0 to 1.
 */
export function learningRateAt(done: number): number {
  if (done < RISING) return LEAST + ((1 - LEAST) * done) / RISING;
  const falling = (done - RISING) / (1 - RISING);
  return LEAST + ((1 - LEAST) * (1 + Math.cos(Math.PI * Math.min(falling, 1)))) / 2;
}
