import { Random } from '@rl-recsys/random';
import type { RankedAnswer } from '@rl-recsys/recommender';
import type { AnsweredItem, Mode } from '../contract/answer.js';
import { gumbelTopK } from '../exploration/gumbel-top-k.js';
import { slotProbabilities } from '../exploration/slot-probabilities.js';
import { utilitiesOf } from '../exploration/utilities.js';

/** What an answer is made from. */
export interface AnswerParts {
  /** What is drawn depends on it alone. */
  readonly eventId: string;
  /** The items that may come; undefined where no policy was asked. */
  readonly ranked: RankedAnswer | undefined;
  readonly k: number;
  readonly mode: Mode;
  readonly temperature: number;
  readonly baseline: readonly string[] | undefined;
}

/** The items of an answer: what the caller would show where they decide, what is drawn by the policy's scores otherwise. */
export function makeAnswer({ eventId, ranked, k, mode, temperature, baseline }: AnswerParts): AnsweredItem[] {
  if (mode !== 'online') {
    const scores = new Map(ranked?.items.map(({ item, score }) => [item, score]));
    return baseline!.slice(0, k).map((item) => ({ item, score: scores.get(item) ?? null, probability: 1 }));
  }
  const utilities = utilitiesOf(ranked!);
  const drawn = gumbelTopK(utilities, k, temperature, Random.fromSeed(eventId));
  const probabilities = slotProbabilities(utilities, drawn, temperature);
  const answered: AnsweredItem[] = [];
  for (let slot = 0; slot < drawn.length; slot++) {
    const { item, score } = ranked!.items[drawn[slot]!]!;
    answered.push({ item, score, probability: probabilities[slot]! });
  }
  return answered;
}

/** Whether the policy would show first what the caller would; undefined where either is unknown. */
export function agrees(
  ranked: RankedAnswer | undefined,
  baseline: readonly string[] | undefined,
): boolean | undefined {
  if (ranked === undefined || baseline === undefined || baseline.length === 0) return undefined;
  return ranked.items[0]?.item === baseline[0];
}
