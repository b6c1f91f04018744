import type { RankedAnswer } from '@rl-recsys/recommender';

/**
 * What the softmax is of: a policy's scores as they are, which are of the size of rewards; of what is popular log(1 + how often it
 * was rated), since counts would leave nothing to chance at any temperature.
 */
export function utilitiesOf({ by, items }: RankedAnswer): Float64Array {
  const utilities = new Float64Array(items.length);
  for (let place = 0; place < items.length; place++) {
    const { score } = items[place]!;
    utilities[place] = by === 'policy' ? score : Math.log1p(score);
  }
  return utilities;
}
