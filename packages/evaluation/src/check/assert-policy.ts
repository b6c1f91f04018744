import type { Policy } from '../policy.js';

/** @throws TypeError where what is to be asked is no policy; it says what is missing. */
export function assertPolicy(policy: unknown): asserts policy is Policy {
  const wrong = whyNoPolicy(policy);
  if (wrong !== undefined) throw new TypeError(wrong);
}

/** What keeps a value from being a policy; undefined where nothing does. */
export function whyNoPolicy(policy: unknown): string | undefined {
  if (typeof policy !== 'object' || policy === null)
    return `policy: expected an object, got ${String(policy)}`;
  const { name, score, scoreBatch, fittedOn } = policy as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') return `policy.name: expected a text, got ${typeof name}`;
  if (typeof score !== 'function') return `policy.score: expected a function, got ${typeof score}`;
  if (scoreBatch !== undefined && typeof scoreBatch !== 'function')
    return `policy.scoreBatch: expected a function or nothing, got ${typeof scoreBatch}`;
  if (fittedOn !== undefined && !Array.isArray(fittedOn))
    return `policy.fittedOn: expected a list of fingerprints or nothing, got ${typeof fittedOn}`;
  return undefined;
}
