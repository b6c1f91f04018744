import { vectorPolicy } from '@rl-recsys/drr';
import { itemTable, userTable, type MatrixFactorization } from '@rl-recsys/embeddings';
import {
  epsilonGreedy,
  itemMeanPolicy,
  linearUcbPolicy,
  onlineFactorizationPolicy,
  popularityPolicy,
  type Policy,
} from '@rl-recsys/evaluation';
import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';

/** LinUCB's α and ε: not tuned. */
const ALPHA = 0.1;
const EPSILON = 0.1;

/** Ranks by a factorization's expected ratings. */
export function factorizationPolicy(name: string, model: MatrixFactorization): Policy {
  return vectorPolicy(name, { users: userTable(model), items: itemTable(model), fittedOn: [model.fittedOn] });
}

/** The policies that need no training beside a matrix factorisation, and those that learn while they act. */
export function simpleBaselines(
  train: RatingLog,
  model: MatrixFactorization,
  { random }: { readonly random: Random },
): Policy[] {
  const factorization = factorizationPolicy('matrix factorisation', model);
  const tables = { users: userTable(model), items: itemTable(model) };
  const { min, max } = train.scale;
  return [
    popularityPolicy(train),
    itemMeanPolicy(train),
    factorization,
    epsilonGreedy(factorization, { epsilon: EPSILON, random: random.fork('epsilon-greedy') }),
    linearUcbPolicy({ items: tables.items, alpha: ALPHA, fittedOn: [model.fittedOn] }),
    onlineFactorizationPolicy({
      ...tables,
      fittedOn: [model.fittedOn],
      regularization: model.foldIn.regularization,
      // The vectors predict a rating less its mean and the user's bias; rewards run from −1 to 1.
      targetOf: (user, reward) => min + ((reward + 1) / 2) * (max - min) - model.mean - model.userBias[user]!,
    }),
  ];
}
