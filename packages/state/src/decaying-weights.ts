/**
 * (1 − d) d^age for each position of a history, the newest being of age 0: an exponential average of what was shown,
 * which forgets at the rate d.
 *
 * @param historySize - n
 * @param decay - d, from 0 to below 1.
 * @returns float32 `[n]`, oldest first.
 */
export function decayingWeights(historySize: number, decay: number): Float32Array {
  return Float32Array.from({ length: historySize }, (_, place) => {
    return (1 - decay) * decay ** (historySize - 1 - place);
  });
}
