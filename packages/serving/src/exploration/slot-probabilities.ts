/**
 * How likely each place was to be drawn where it was, given those that were drawn before it:
 *
 *     p_j = exp(u_j / T) / Σ exp(u_i / T), the sum over all places that the slots before j have not taken,
 *
 * which is Plackett and Luce's model of an ordered sample; the product over slots is how likely the whole answer was.
 *
 * @param utilities - `[places]`
 * @param drawn - places in their order, each once.
 * @param temperature - T ≥ 0; at 0 all are 1.
 * @returns float64 `[drawn]`
 */
export function slotProbabilities(
  utilities: Float64Array,
  drawn: ArrayLike<number>,
  temperature: number,
): Float64Array {
  const probabilities = new Float64Array(drawn.length).fill(1);
  if (temperature === 0) return probabilities;
  const left = utilities.slice();
  for (let slot = 0; slot < drawn.length; slot++) left[drawn[slot]!] = -Infinity;
  // The sum is Σ exp((u_i − most) / T), which no utility makes overflow.
  let most = largestOf(left);
  let sum = 0;
  for (let place = 0; place < left.length; place++) {
    if (left[place] !== -Infinity) sum += Math.exp((left[place]! - most) / temperature);
  }
  // From the last slot to the first places come back to what is left. So nothing is ever taken off a sum, where what remains may be
  // a billionth of what was there, and be rounded away.
  for (let slot = drawn.length - 1; slot >= 0; slot--) {
    const utility = utilities[drawn[slot]!]!;
    if (utility > most) {
      sum *= Math.exp((most - utility) / temperature);
      most = utility;
    }
    const weight = Math.exp((utility - most) / temperature);
    sum += weight;
    probabilities[slot] = weight / sum;
  }
  return probabilities;
}

function largestOf(values: Float64Array): number {
  let most = -Infinity;
  for (let place = 0; place < values.length; place++) if (values[place]! > most) most = values[place]!;
  return most;
}
