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
  let weights = weightsOf(left, temperature);
  for (let slot = 0; slot < drawn.length; slot++) {
    const place = drawn[slot]!;
    // Added up anew: what is left may be a billionth of what was taken off, which a difference would have rounded away.
    let sum = sumOf(weights);
    if (sum < 2 ** -100) {
      weights = weightsOf(left, temperature); // those taken dwarfed the rest: measured by the largest that is left
      sum = sumOf(weights);
    }
    probabilities[slot] = weights[place]! / sum;
    weights[place] = 0;
    left[place] = -Infinity;
  }
  return probabilities;
}

/** exp((u − max) / T), which no utility makes overflow. */
function weightsOf(utilities: Float64Array, temperature: number): Float64Array {
  let most = -Infinity;
  for (let place = 0; place < utilities.length; place++) most = Math.max(most, utilities[place]!);
  const weights = new Float64Array(utilities.length);
  for (let place = 0; place < weights.length; place++) {
    weights[place] = Math.exp((utilities[place]! - most) / temperature);
  }
  return weights;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < values.length; place++) sum += values[place]!;
  return sum;
}
