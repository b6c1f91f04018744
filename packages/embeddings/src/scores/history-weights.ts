import type { RatedHistory } from './history-scorer.js';

/** What each item of a history counts in a linear model: what was liked, how it was rated, how long ago. */
export interface HistoryWeights {
  /** What a liked item counts (1 in all fits). */
  readonly liked: number;
  /** What an item counts that was rated, but not liked. */
  readonly disliked: number;
  /** After how many more recent items an item counts half (left out: age does not matter). */
  readonly halfLife?: number;
  /** How many of the most recent items count (left out: all). */
  readonly window?: number;
}

/** What an item counts that has `age` more recent ones behind it. */
export function historyWeight(
  { liked, disliked, halfLife }: HistoryWeights,
  isLike: boolean,
  age: number,
): number {
  const weight = isLike ? liked : disliked;
  return halfLife === undefined ? weight : weight * 2 ** (-age / halfLife);
}

/** Where the items begin that count. */
export function firstInWindow({ items }: RatedHistory, { window = Infinity }: HistoryWeights): number {
  return Math.max(0, items.length - window);
}

/** @throws RangeError where a weight is not finite, or `halfLife` or `window` is not positive. */
export function assertHistoryWeights(weights: HistoryWeights): void {
  const { liked, disliked, halfLife = 1, window = 1 } = weights;
  assertWeights({ liked, disliked });
  if (!(halfLife > 0 && halfLife < Infinity)) {
    throw new RangeError(`halfLife: expected a positive number of items, got ${halfLife}`);
  }
  if (!Number.isSafeInteger(window) || window < 1) {
    throw new RangeError(`window: expected a positive integer, got ${window}`);
  }
}

/** @throws RangeError where one of them is not finite; it names it. */
export function assertWeights(weights: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(weights)) {
    if (!Number.isFinite(value)) throw new RangeError(`${name}: expected a finite number, got ${value}`);
  }
}
