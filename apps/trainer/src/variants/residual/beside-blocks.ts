import { policyOnBackend, vectorPolicy, weighBlocks } from '@rl-recsys/drr';
import type { Recommender } from '@rl-recsys/recommender';
import type { Compared } from '../variant.js';

/** What blocks of vectors count in a mix; others count nothing. */
type Weights = Readonly<Record<string, number>>;

/**
 * The policy of a trained agent beside its blocks of vectors, alone and in a fixed mix.
 *
 * @param start - the mix that it starts at, which is a matrix factorisation.
 * @param alone - other blocks, by the names that they have in the table.
 */
export function besideBlocks(
  { parts }: Recommender,
  {
    start,
    alone = {},
    staticMix,
  }: { start: Weights; alone?: Readonly<Record<string, Weights>>; staticMix?: Weights },
): Compared {
  if (!('tables' in parts) || parts.savedPolicy.kind !== 'residual') {
    throw new TypeError(
      `policy: expected one of the residual variant, got ${'tables' in parts ? parts.savedPolicy.kind : parts.policy.saved.kind}`,
    );
  }
  const { savedPolicy, tables } = parts;
  const { blocks } = savedPolicy;
  const isThere = (name: string) => blocks.some((block) => block.name === name); // without likes none is of likes
  const mixed = (name: string, weights: Weights) => {
    const each = Object.fromEntries(blocks.map((block) => [block.name, weights[block.name] ?? 0]));
    return vectorPolicy(name, weighBlocks(tables, blocks, each));
  };
  return {
    policy: policyOnBackend(savedPolicy, tables),
    start: 'matrix factorisation',
    blocks: [
      mixed('matrix factorisation', start),
      ...Object.entries(alone)
        .filter(([, weights]) => Object.keys(weights).every(isThere))
        .map(([name, weights]) => mixed(name, weights)),
    ],
    ...(staticMix && { staticMix: mixed('static mix', staticMix) }),
  };
}
