import type { RatingScale } from '@rl-recsys/rating-log';
import type { ReadLogOptions } from './read-log-options.js';
import { ByteIds } from './byte-ids.js';
import type { Cells } from './cells.js';

/** How a row becomes a rating. */
export interface Feedback {
  /** Undefined where each row is a like. */
  readonly column: string | undefined;
  /** What its values are within; undefined where that is to be found. */
  readonly scale: RatingScale | undefined;
  /** What a cell should hold, for messages. */
  readonly expected: string;
  /** Whether a rating of 0 is no rating. */
  readonly dropsZero: boolean;
  /** The rating in the cell at `place`, NaN where there is none. */
  valueOf(cells: Cells, place: number): number;
}

/** Feedback that is a number. */
export function numericFeedback(
  column: string,
  { scale, counts, zeroIsImplicit = false }: Pick<ReadLogOptions, 'scale' | 'counts' | 'zeroIsImplicit'>,
): Feedback {
  const { min, max } = scale ?? { min: counts === undefined ? -Infinity : 0, max: Infinity };
  const usual = scale === undefined ? 'a number' : `a number from ${scale.min} to ${scale.max}`;
  const valueOf = (cells: Cells, place: number) => {
    const value = cells.number(place);
    const isOnScale = (value >= min && value <= max) || (zeroIsImplicit && value === 0);
    // As float32, because that is what a log holds: 1e300 is infinite there.
    return isOnScale && Number.isFinite(Math.fround(value)) ? value : NaN;
  };
  return {
    ...{ column, scale, dropsZero: false, valueOf },
    expected: `${counts === undefined ? usual : 'a number from 0'}${zeroIsImplicit ? ', or 0 for none' : ''}`,
  };
}

/** Feedback that is a row by itself. */
export function pairFeedback(): Feedback {
  const scale = { min: 0, max: 1 };
  return { column: undefined, scale, expected: 'a like', dropsZero: false, valueOf: () => 1 };
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
