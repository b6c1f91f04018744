import type { Random } from '@rl-recsys/random';
import type { Policy } from '../policy.js';
import { isLearning, type LearningPolicy } from '../sessions/learning-policy.js';

/**
 * The policy that does as another, but with probability ε shows an item at random.
 *
 * Each call of `score` is one choice: where items are shown one by one, ε is the share of random ones; in full
 * ranking it is the share of users whose whole list is random. It learns where the other one does.
 *
 * @param options - `epsilon`: ε, 0 to 1; `random`: draws the choices and the random items.
 * @throws RangeError where `epsilon` is anything else.
 */
export function epsilonGreedy(
  policy: Policy,
  { epsilon, random }: { readonly epsilon: number; readonly random: Random },
): Policy {
  if (!(epsilon >= 0 && epsilon <= 1)) {
    throw new RangeError(`epsilon: expected a number from 0 to 1, got ${epsilon}`);
  }
  const explorer: Policy = {
    name: `${policy.name}, ε = ${epsilon}`,
    fittedOn: policy.fittedOn ?? [],
    score(observation, items, scores) {
      if (random.uniform() >= epsilon) policy.score(observation, items, scores);
      else for (let place = 0; place < items.length; place++) scores[place] = random.uniform();
    },
  };
  if (!isLearning(policy)) return explorer;
  const learner: LearningPolicy = {
    ...explorer,
    reset: () => policy.reset(),
    observe: (step) => policy.observe(step),
  };
  return learner;
}
