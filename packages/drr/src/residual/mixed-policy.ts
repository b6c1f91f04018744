import { denseForward, type DenseForward } from '../dense-forward.js';
import { RankingPolicy } from '../ranking-policy.js';
import type { StateEncoder } from '../state-encoder.js';
import type { EmbeddingTables } from '../tables.js';
import { actionsOf, type SavedResidualPolicy } from './policy.js';

/** A policy between several, as plain values: its action is the mean of theirs, with these weights. */
export type SavedMixedPolicy = {
  readonly kind: 'mixed';
  /** n, the same of all. */
  readonly historySize: number;
  /** Weights above 0 that add up to 1. */
  readonly parts: readonly { readonly weight: number; readonly policy: SavedResidualPolicy }[];
};

/**
 * (1 − share) · from + share · to: since scores are linear in actions, so are its scores. What is mixed already is taken apart, and
 * a policy that comes twice counts once with both weights.
 *
 * @throws RangeError where the share is not between 0 and 1, or histories differ in length, or one learned vectors of its own.
 */
export function mixPolicies(
  from: SavedResidualPolicy | SavedMixedPolicy,
  to: SavedResidualPolicy | SavedMixedPolicy,
  share: number,
): SavedMixedPolicy {
  if (!(share > 0 && share < 1))
    throw new RangeError(`share: expected a number between 0 and 1, got ${share}`);
  if (from.historySize !== to.historySize) {
    throw new RangeError(`to: expected histories of ${from.historySize} items, got ${to.historySize}`);
  }
  const weights = new Map<SavedResidualPolicy, number>();
  for (const [policy, factor] of [
    [from, 1 - share],
    [to, share],
  ] as const) {
    for (const part of partsOfPolicy(policy)) {
      if (part.policy.itemVectors)
        throw new RangeError("policies: expected those that rank the tables' vectors");
      weights.set(part.policy, (weights.get(part.policy) ?? 0) + factor * part.weight);
    }
  }
  const parts = Array.from(weights, ([policy, weight]) => ({ weight, policy }));
  return { kind: 'mixed', historySize: from.historySize, parts };
}

/** What a policy is mixed of; of one that is not, itself. */
export function partsOfPolicy(policy: SavedResidualPolicy | SavedMixedPolicy): SavedMixedPolicy['parts'] {
  return policy.kind === 'mixed' ? policy.parts : [{ weight: 1, policy }];
}

/**
 * The greedy policy of a mixed one, in plain loops.
 *
 * @param encoders - of the parts' state layers, in their order.
 */
export function mixedPolicy(
  { historySize, parts }: SavedMixedPolicy,
  tables: EmbeddingTables,
  encoders: readonly StateEncoder[],
  dense: DenseForward = denseForward,
): RankingPolicy {
  const each = parts.map(({ policy }, place) => actionsOf(policy, tables, encoders[place]!, dense));
  return new RankingPolicy({
    ...{ name: 'DRR', tables, historySize },
    actions: (users, histories) => {
      const actions = new Float32Array(users.length);
      for (const [place, { weight }] of parts.entries()) {
        for (const [at, value] of each[place]!(users, histories).entries()) actions[at]! += weight * value;
      }
      return actions;
    },
  });
}
