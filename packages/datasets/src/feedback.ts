import type { RatingScale } from '@rl-recsys/rating-log';
import { ByteIds } from './byte-ids.js';
import type { Cells } from './cells.js';

/** How the third column becomes a rating. */
export interface Feedback {
  readonly column: string;
  /** What its values are within; undefined where that is to be found. */
  readonly scale: RatingScale | undefined;
  /** What a cell should hold, for messages. */
  readonly expected: string;
  /** Whether a rating of 0 is no rating. */
  readonly dropsZero: boolean;
  /** The rating in a cell, NaN where there is none. */
  valueOf(cells: Cells, place: number): number;
}

/** Feedback that is a number. */
export function numericFeedback(column: string, scale: RatingScale | undefined): Feedback {
  const expected = scale === undefined ? 'a number' : `a number from ${scale.min} to ${scale.max}`;
  const { min, max } = scale ?? { min: -Infinity, max: Infinity };
  const valueOf = (cells: Cells, place: number) => {
    const value = cells.number(place);
    // As float32, because that is what a log holds: 1e300 is infinite there.
    return value >= min && value <= max && Number.isFinite(Math.fround(value)) ? value : NaN;
  };
  return { column, scale, expected, dropsZero: false, valueOf };
}

/** Feedback that is one of a few words. */
export function wordFeedback(
  column: string,
  values: ReadonlyMap<string, number>,
  rest: Pick<Feedback, 'scale' | 'expected' | 'dropsZero'>,
): Feedback {
  const words = new ByteIds();
  const valuesByIndex: number[] = [];
  const valueOf = (cells: Cells, place: number) => {
    if (!cells.isId(place)) return NaN;
    const index = cells.addTo(words, place);
    if (index === valuesByIndex.length) valuesByIndex.push(values.get(cells.text(place)) ?? NaN);
    return valuesByIndex[index]!;
  };
  return { column, ...rest, valueOf };
}

/** Feedback that is 0 or 1. */
export function clickFeedback(column: string): Feedback {
  const values = new Map(
    ['0', '1', '0.0', '1.0', 'false', 'true', 'False', 'True', 'FALSE', 'TRUE'].map((word, index) => [
      word,
      index % 2,
    ]),
  );
  const expected = '0, 1, true or false';
  return wordFeedback(column, values, { scale: { min: 0, max: 1 }, expected, dropsZero: false });
}

/** Feedback that is an event with a weight. */
export function eventFeedback(column: string, weights: Readonly<Record<string, number>>): Feedback {
  const values = new Map(Object.entries(weights));
  const expected = `one of ${Array.from(values.keys()).join(', ')}`;
  const scale = { min: 0, max: Math.max(...values.values()) };
  return wordFeedback(column, values, { scale, expected, dropsZero: true });
}
