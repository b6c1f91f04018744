import type { Random } from '@rl-recsys/random';
import { normalCdf } from './normal-distribution.js';

/** How users rate, how their taste moves, and when they leave: the parameters of a {@link MovingTasteWorld}. */
export interface TasteDynamics {
  /** What a rating is around for a user without likes or dislikes, in stars. */
  readonly base: number;
  /** β: how many stars clickbait (bait 1) seems better at first sight. */
  readonly baitAppeal: number;
  /** λ: what clickbait takes from how an item is felt about afterwards, in units of mood. */
  readonly regret: number;
  /** σ: how many stars each unit of satiation with a topic takes from its items. */
  readonly satiationCost: number;
  /** δ: the share of satiation that is left one item later, from 0 and below 1. */
  readonly satiationKept: number;
  /** μ: how many stars one unit of mood adds to every rating. */
  readonly momentum: number;
  /** ρ: how fast mood follows what is felt, from 0 to 1. */
  readonly moodRate: number;
  /** e₀: at mood 0 a user leaves after an item with probability 1 / (1 + exp(e₀)). */
  readonly patience: number;
  /** e₁: how much each unit of mood adds to the patience. */
  readonly patienceOfMood: number;
  /** The standard deviation of a rating around its mean, before it is rounded, in stars. */
  readonly noise: number;
  /** T: a session ends after so many items at the latest. */
  readonly sessionLength: number;
}

/**
 * Parameters under which it pays to plan: what earns most at once is clickbait, and a session of it
 * ends early and in a bad mood; a session without it never takes what is earned safely at its end.
 */
export const defaultTasteDynamics: TasteDynamics = {
  base: 3.4,
  baitAppeal: 0.5,
  regret: 0.6,
  satiationCost: 0.3,
  satiationKept: 0.7,
  momentum: 1,
  moodRate: 0.3,
  patience: 3,
  patienceOfMood: 4,
  noise: 0.5,
  sessionLength: 20,
};

/** The rating scale: one to five stars, so that the reward of a rating is (rating − 3) / 2. */
export const stars = { min: 1, max: 5 };

/** A rating around `mean`: noise is added, and the sum rounded to one of five stars. */
export function drawRating(mean: number, { noise }: TasteDynamics, random: Random): number {
  return clip(Math.round(mean + noise * random.normal()), stars.min, stars.max);
}

/**
 * E[(rating − 3) / 2] of {@link drawRating}.
 *
 * A rating is 1 plus one for each of the cuts 1.5, 2.5, 3.5 and 4.5 that the noisy mean passes, so that
 * its mean is 1 + Σ Φ((mean − cut) / noise).
 */
export function expectedRewardOf(mean: number, { noise }: TasteDynamics): number {
  const passed =
    normalCdf((mean - 1.5) / noise) +
    normalCdf((mean - 2.5) / noise) +
    normalCdf((mean - 3.5) / noise) +
    normalCdf((mean - 4.5) / noise);
  return (passed - 2) / 2;
}

/**
 * The mood after an item: m ← (1 − ρ) m + ρ f, within [−1, 1].
 *
 * f is what is felt about the item afterwards: its mean rating as a reward, within [−1, 1], less the
 * regret about clickbait. The noise of a rating doesn't move the mood, so that where a session leads is
 * known from the items alone.
 */
export function nextMood(
  mood: number,
  meanRating: number,
  bait: number,
  { moodRate, regret }: TasteDynamics,
): number {
  const felt = clip((meanRating - 3) / 2, -1, 1) - regret * bait;
  return clip((1 - moodRate) * mood + moodRate * felt, -1, 1);
}

/** How likely a user leaves in this mood: 1 / (1 + exp(e₀ + e₁ m)). */
export function leavingProbabilityOf(mood: number, { patience, patienceOfMood }: TasteDynamics): number {
  return 1 / (1 + Math.exp(patience + patienceOfMood * mood));
}

/** @throws RangeError where a parameter is outside its range; it names it. */
export function assertTasteDynamics(dynamics: TasteDynamics): void {
  const expect = (name: keyof TasteDynamics, isRight: (value: number) => boolean, range: string) => {
    const value = dynamics[name];
    if (!(Number.isFinite(value) && isRight(value))) {
      throw new RangeError(`dynamics.${name}: expected ${range}, got ${value}`);
    }
  };
  for (const name of Object.keys(defaultTasteDynamics) as (keyof TasteDynamics)[]) {
    expect(name, () => true, 'a finite number');
  }
  expect('satiationKept', (value) => value >= 0 && value < 1, 'a share from 0 and below 1');
  expect('moodRate', (value) => value >= 0 && value <= 1, 'a share from 0 to 1');
  expect('noise', (value) => value > 0, 'a positive number');
  expect('sessionLength', (value) => Number.isSafeInteger(value) && value >= 1, 'a positive integer');
}

function clip(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
