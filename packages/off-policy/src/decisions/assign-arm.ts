import { Random } from '@rl-recsys/random';
import { checkShare } from './canary-share.js';

/** Who is asked: the version that serves, or the one that is tried. */
export type Arm = 'serving' | 'canary';

/**
 * The arm of a session: a given share of them is the canary's, and a session stays where it is, whatever server it asks.
 *
 * @param session - its id.
 * @param canary - what names this canary, such as its version: another one draws other sessions.
 * @param share - of sessions that are the canary's, above 0 and at most 0.5.
 * @throws RangeError where `share` is not.
 */
export function assignArm(session: string, canary: string, share: number): Arm {
  checkShare(share);
  return Random.fromSeed(JSON.stringify([canary, session])).uniform() < share ? 'canary' : 'serving';
}
