import { checkPositiveInteger } from '../check-positive-integer.js';

/**
 * `NDCG@K` of one ranking with graded gains: Σ gain / log2(rank + 1) over its first `k` items, over the same of the best
 * possible ranking (Järvelin and Kekäläinen 2002). With gains of 0 and 1 it is `ndcgAt`.
 *
 * Gains count as they are given: for those of Burges et al. 2005, which web search prefers, give `2 ** grade − 1`.
 *
 * @param gains - `[shown]`: what each item is worth, best-ranked first.
 * @param allGains - what *all* candidates are worth, shown or not, in any order.
 * @returns a number in [0, 1] where `gains` are some of `allGains`; NaN where nothing is worth anything.
 * @throws RangeError where `k` is not a positive integer, or a gain is negative or not finite.
 */
export function gradedNdcgAt(k: number, gains: ArrayLike<number>, allGains: ArrayLike<number>): number {
  checkPositiveInteger('k', k);
  checkGains('gains', gains);
  checkGains('allGains', allGains);
  const best = Float64Array.from(allGains).sort().reverse();
  const unit = best[0] ?? 0; // sums of very large gains would have no room
  return discounted(k, gains, unit) / discounted(k, best, unit); // 0 / 0 where nothing is worth anything
}

function discounted(k: number, gains: ArrayLike<number>, unit: number): number {
  let sum = 0;
  for (let place = 0; place < Math.min(k, gains.length); place++)
    sum += gains[place]! / unit / Math.log2(place + 2);
  return sum;
}

function checkGains(name: string, gains: ArrayLike<number>): void {
  for (let place = 0; place < gains.length; place++) {
    if (!(gains[place]! >= 0 && gains[place]! < Infinity)) {
      throw new RangeError(`${name}[${place}]: expected a finite number of 0 or more, got ${gains[place]}`);
    }
  }
}
