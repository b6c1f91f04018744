import { HISTORY_SIZE, type Finding } from '@rl-recsys/environment';
import type { RatingLog } from '@rl-recsys/rating-log';
import { checkPositiveInteger } from './check-positive-integer.js';
import { whyNoPolicy } from './check/assert-policy.js';
import { POLICY_RULES } from './check/policy-rules.js';
import { questionsOf } from './check/questions.js';
import type { Policy } from './policy.js';

/** How {@link checkPolicy} asks. */
export interface CheckPolicyOptions {
  /** Makes a policy; called several times, and each time it must make the same one. */
  readonly make: () => Policy;
  /** Whose users it is asked about, such as the training part of a split. */
  readonly log: RatingLog;
  /** How many of the last likes it sees (default 10). */
  readonly historySize?: number;
  /** How many users it is asked about (default 8). */
  readonly users?: number;
}

/**
 * Asks a policy as protocols do, and tells where it breaks the contract, with what was seen and what to change: for the
 * tests of a policy of your own. What it throws is a finding too. A `LearningPolicy` learns a little, and is reset.
 *
 * @returns what it found; nothing where all is well.
 * @throws RangeError where a number is not a positive integer, or the log has no user.
 */
export async function checkPolicy({
  make,
  log,
  historySize = HISTORY_SIZE,
  users = 8,
}: CheckPolicyOptions): Promise<Finding[]> {
  checkPositiveInteger('historySize', historySize);
  checkPositiveInteger('users', users);
  checkPositiveInteger('log.userCount', log.userCount);
  const found = (rule: string, seen: string, change: string): Finding => ({
    ...{ severity: 'error', rule, seen, change },
  });
  const wrong = await seenBy(() => whyNoPolicy(make()));
  if (wrong !== undefined) return [found('is a policy', wrong, 'give it a name and a score function')];
  const questions = questionsOf(log, users, historySize);
  const findings: Finding[] = [];
  for (const each of POLICY_RULES) {
    const seen = await seenBy(() => each.look(make, questions));
    if (seen !== undefined) findings.push(found(each.rule, seen, each.change));
  }
  return findings;
}

async function seenBy(
  look: () => Promise<string | undefined> | string | undefined,
): Promise<string | undefined> {
  try {
    return await look();
  } catch (error) {
    return `threw ${String(error)}`;
  }
}
