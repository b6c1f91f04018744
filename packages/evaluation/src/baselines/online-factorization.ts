import { rowsOf, type Fingerprint } from '@rl-recsys/rating-log';
import type { LearningPolicy } from '../sessions/learning-policy.js';
import type { VectorTable } from '../vector-table.js';
import { Feedback } from './feedback.js';
import { checkRegularization, RidgeRegression } from './ridge-regression.js';

/** What {@link onlineFactorizationPolicy} works on. */
export interface OnlineFactorizationOptions {
  /** The users' fitted vectors p. */
  readonly users: VectorTable;
  /** The items' fitted vectors q, of the same size. */
  readonly items: VectorTable;
  /** What they were fitted on: feedback that is part of it is in p already, and not counted again. */
  readonly fittedOn: readonly Fingerprint[];
  /** λ: how strongly a user's vector is held at p. */
  readonly regularization: number;
  /**
   * What p·q should have been where the user's reward is this (default the reward itself). For vectors that
   * predict a rating less its mean and the user's bias it is the rating of that reward less both.
   */
  readonly targetOf?: (user: number, reward: number) => number;
}

/**
 * A matrix factorization whose user learns from each answer: the user's vector is the ridge regression of
 * their feedback on the items' vectors around the fitted vector p; the items' stay.
 *
 * Its feedback is the history in the observation, where DRR's protocols put likes alone, and within sessions
 * also every step. Without any it ranks as the factorization does.
 *
 * @throws RangeError where the vectors differ in size or `regularization` is not above 0; while it scores,
 * where the user has no vector, or gave feedback and is not among the users of what was fitted on.
 */
export function onlineFactorizationPolicy({
  users,
  items,
  fittedOn,
  regularization,
  targetOf = (_user, reward) => reward,
}: OnlineFactorizationOptions): LearningPolicy {
  if (users.size !== items.size) {
    throw new RangeError(`users: expected vectors of ${items.size} like items, got ${users.size}`);
  }
  checkRegularization(regularization);
  const feedback = new Feedback();
  return {
    name: 'online factorisation',
    fittedOn,
    score(observation, candidates, scores) {
      const { user } = observation;
      if (!(user >= 0 && user < users.rows)) {
        throw new RangeError(`user: expected 0 to ${users.rows - 1}, got ${user}`);
      }
      const { items: shown, rewards } = feedback.of(observation);
      const isNew = shown.map((item) => !fittedOn.some((fingerprint) => holds(fingerprint, user, item)));
      const model = new RidgeRegression(
        items,
        shown.filter((_, index) => isNew[index]),
        rewards.filter((_, index) => isNew[index]).map((reward) => targetOf(user, reward)),
        users.vectors.subarray(user * users.size, (user + 1) * users.size),
        regularization,
      );
      for (let place = 0; place < candidates.length; place++)
        scores[place] = model.predict(candidates[place]!);
    },
    reset: () => feedback.reset(),
    observe: (step) => feedback.observe(step),
  };
}

function holds(fingerprint: Fingerprint, user: number, item: number): boolean {
  const { start, end } = rowsOf(fingerprint, user);
  return fingerprint.items.subarray(start, end).includes(item);
}
