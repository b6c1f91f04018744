import { policyOnBackend, vectorPolicy, weighBlocks } from '@rl-recsys/drr';
import type { Recommender } from '@rl-recsys/recommender';
import type { Compared } from '../variant.js';

type Weights = Readonly<Record<string, number>>;

/**
 * The policy of a trained agent beside matrix factorisation, which it starts at, and fixed mixes of the same blocks.
 *
 * @param start - what each block counts before anything is learned.
 * @param mixes - what each block of a baseline counts, by the baseline's name.
 */
export function besideMixes(
  { parts: { savedPolicy, tables } }: Recommender,
  start: Weights,
  mixes: Readonly<Record<string, Weights>> = {},
): Compared {
  if (savedPolicy.kind !== 'residual') {
    throw new TypeError(`policy: expected one of the residual variant, got ${savedPolicy.kind}`);
  }
  const mixed = (name: string, weights: Weights) =>
    vectorPolicy(name, weighBlocks(tables, savedPolicy.blocks, weights));
  return {
    policy: policyOnBackend(savedPolicy, tables),
    reference: mixed('matrix factorisation', start),
    baselines: Object.entries(mixes).map(([name, weights]) => mixed(name, weights)),
  };
}
