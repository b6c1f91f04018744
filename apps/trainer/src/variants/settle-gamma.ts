import type { GammaChoice } from '@rl-recsys/drr';
import { say } from '../terminal/output.js';
import type { Settled } from './variant.js';

/**
 * Prints what looking ahead was found to be worth.
 *
 * @param measure - what the gains are of, such as `reward of a session`.
 */
export function settleGamma({ gamma, tried }: GammaChoice, measure: string, digits: number): Settled {
  for (const { gamma: each, gain, error } of tried) {
    const signed = `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(digits)} ± ${(2 * error).toFixed(digits)}`;
    const verdict = each === gamma ? `γ = ${each} is taken` : `γ = ${gamma} is kept`;
    say(`looking ahead, γ = ${each} instead of 0: ${signed} ${measure}; ${verdict}`);
  }
  return { gamma };
}
