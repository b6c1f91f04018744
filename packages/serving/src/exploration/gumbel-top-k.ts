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
  const perturbed =
    temperature === 0 ? utilities : utilities.map((utility) => utility / temperature + gumbel(random));
  const places = Int32Array.from(perturbed.keys());
  // The comparison is by place where utilities are equal, so that the sort is of a strict order.
  return places.sort((a, b) => perturbed[b]! - perturbed[a]! || a - b).slice(0, k);
}

/** A draw from the standard Gumbel distribution: −log(−log(u)), u in (0, 1). */
function gumbel(random: Random): number {
  return -Math.log(-Math.log(1 - random.uniform() || 2 ** -54));
}
