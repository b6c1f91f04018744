import type { Random } from '@rl-recsys/random';

/**
 * Draws `k` of several places without replacement, each next one with the softmax of utility / T over those that are left.
 *
 * Gumbel top-k: the `k` largest of utility / T + G with G of the Gumbel distribution are such a sample, in the order in which
 * they were drawn ("Stochastic Beams and Where to Find Them", Kool et al. 2019, section 2).
 *
 * @param utilities - `[places]`
 * @param temperature - T ≥ 0; at 0 the largest come, of equal ones the lower place first, and nothing is drawn.
 * @returns int32 `[min(k, places)]`
 */
export function gumbelTopK(
  utilities: Float64Array,
  k: number,
  temperature: number,
  random: Random,
): Int32Array {
  const perturbed = utilities.slice();
  if (temperature > 0) {
    for (let place = 0; place < perturbed.length; place++) {
      perturbed[place] = perturbed[place]! / temperature + gumbel(random);
    }
  }
  return largest(perturbed, k);
}

/** The places of the `k` largest, largest first; of equal ones the lower place first. */
function largest(values: Float64Array, k: number): Int32Array {
  const places = new Int32Array(Math.min(k, values.length));
  let count = 0;
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (count === places.length && !(value > values[places[count - 1]!]!)) continue;
    let slot = count < places.length ? count++ : count - 1; // the last one's, who falls out
    for (; slot > 0 && value > values[places[slot - 1]!]!; slot--) places[slot] = places[slot - 1]!;
    places[slot] = place;
  }
  return places;
}

/** A draw from the standard Gumbel distribution: −log(−log(u)), u in (0, 1). */
function gumbel(random: Random): number {
  return -Math.log(-Math.log(1 - random.uniform() || 2 ** -54));
}
