import { Random } from '@rl-recsys/random';
import type { Arm } from '../contract/answer.js';

/**
 * The arm that a session is answered by: the same one for as long as the canary is tried, and drawn anew for another one.
 *
 * @param unit - the session; where there is none the user, or the recommendation.
 * @param canary - undefined where nothing is tried.
 */
export function assignArm(
  unit: string,
  canary: { readonly version: string; readonly share: number } | undefined,
): Arm {
  if (canary === undefined) return 'serving';
  const drawn = Random.fromSeed(JSON.stringify(['canary', canary.version, unit])).uniform();
  return drawn < canary.share ? 'canary' : 'serving';
}
