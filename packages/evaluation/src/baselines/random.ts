import type { Random } from '@rl-recsys/random';
import { type Policy, scoredBy } from '../policy.js';

/**
 * The policy that knows nothing: every order is equally likely.
 *
 * It draws from `random` whenever it scores, so a second evaluation gives another order. One
 * evaluation is one draw: print the mean over several seeds (`averageOf`).
 */
export function randomPolicy(random: Random): Policy {
  return scoredBy('random', () => random.uniform());
}
