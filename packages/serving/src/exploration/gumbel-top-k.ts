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
  return takeLargest(perturbed, k);
}

/** The places of the `k` largest of those that are left, largest first; of equal ones the lower place first. */
function takeLargest(left: Float64Array, k: number): Int32Array {
  const taken = new Int32Array(Math.min(k, left.length));
  for (let slot = 0; slot < taken.length; slot++) {
    let best = 0; // k is small beside what sorting all would compare
    for (let place = 1; place < left.length; place++) {
      if (left[place]! > left[best]!) best = place;
    }
    left[best] = -Infinity;
    taken[slot] = best;
  }
  return taken;
}

/** A draw from the standard Gumbel distribution: −log(−log(u)), u in (0, 1). */
function gumbel(random: Random): number {
  return -Math.log(-Math.log(1 - random.uniform() || 2 ** -54));
}
