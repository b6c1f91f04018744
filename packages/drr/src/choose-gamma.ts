import { differenceOf } from './paired-difference.js';

/** What looking ahead was found to be worth, and the γ that was chosen for it. */
export interface GammaChoice {
  /** 0 where looking ahead earned nothing that is not chance. */
  readonly gamma: number;
  /** What each γ earned more than γ = 0, as a mean over those who were judged by, and the standard error of that. */
  readonly tried: readonly { readonly gamma: number; readonly gain: number; readonly error: number }[];
}

/**
 * Chooses how far to look ahead: an agent is trained for each γ and for γ = 0, and of those that earn more than γ = 0 by over two
 * standard errors the one that earns most is taken. Otherwise γ = 0 is: it learns faster, and what another earned may be chance.
 *
 * @param gammas - what is tried beside 0.
 * @param worthOf - what an agent with a γ is worth to each of those who are judged by, who are not learned from: the same users or
 * sessions, in the same order, for every γ.
 * @throws RangeError where they differ in number.
 */
export async function chooseGamma(
  gammas: readonly number[],
  worthOf: (gamma: number) => Promise<ArrayLike<number>>,
): Promise<GammaChoice> {
  const myopic = Float64Array.from(await worthOf(0));
  const tried = [];
  let best = { gamma: 0, gain: 0 };
  for (const gamma of gammas) {
    const worth = Float64Array.from(await worthOf(gamma));
    if (worth.length !== myopic.length) {
      throw new RangeError(
        `worthOf(${gamma}): expected ${myopic.length} values as of 0, got ${worth.length}`,
      );
    }
    const { mean: gain, error } = differenceOf(worth, myopic);
    tried.push({ gamma, gain, error });
    if (gain > 2 * error && gain > best.gain) best = { gamma, gain };
  }
  return { gamma: best.gamma, tried };
}
