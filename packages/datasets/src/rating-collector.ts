import { createRatingLog, IdMap, type RatingScale } from '@rl-recsys/rating-log';
import type { Column, RatingFields } from './columns.js';
import { DatasetError } from './dataset-error.js';
import type { Dataset } from './dataset.js';
import { parseIsoDate, parseNumber } from './numbers.js';
import { rowError, type Row } from './rows.js';

/** One way to write a number. */
interface NumberKind {
  readonly parse: (text: string) => number | undefined;
  /** What it is called in messages. */
  readonly expected: string;
}

const plainNumber: NumberKind = { parse: parseNumber, expected: 'a number' };
const date: NumberKind = { parse: parseIsoDate, expected: 'an ISO 8601 date' };

/** Gathers rows of text into a dataset; a row that is not a rating is an error that names its line. */
export class RatingCollector {
  private readonly userIds = new IdMap();
  private readonly itemIds = new IdMap();
  private readonly users: number[] = [];
  private readonly items: number[] = [];
  private readonly ratings: number[] = [];
  private readonly timestamps: number[] = [];
  private timestampKind: NumberKind | undefined;
  private smallest = Infinity;
  private largest = -Infinity;

  /** @param scale - what every rating must be within; default: from the smallest to the largest. */
  constructor(
    private readonly file: string,
    private readonly scale: RatingScale | undefined,
  ) {}

  add(row: Row, { user, item, rating, timestamp }: RatingFields): void {
    const userId = idIn(row, user);
    const itemId = idIn(row, item);
    const value = numberIn(row, rating, plainNumber);
    this.assertOnScale(row, rating, value);
    const time = timestamp === undefined ? this.timestamps.length : this.timeIn(row, timestamp);
    this.users.push(this.userIds.add(userId));
    this.items.push(this.itemIds.add(itemId));
    this.ratings.push(value);
    this.timestamps.push(time);
    this.smallest = Math.min(this.smallest, value);
    this.largest = Math.max(this.largest, value);
  }

  /** The dataset of all rows so far, without titles. */
  finish(name: string): Dataset {
    const { users, items, ratings, timestamps, userIds, itemIds } = this;
    if (users.length === 0) throw new DatasetError(`${this.file}: expected ratings, got none`);
    const log = createRatingLog({
      userCount: userIds.size,
      itemCount: itemIds.size,
      users,
      items,
      ratings,
      timestamps,
      scale: this.scale ?? this.foundScale(),
    });
    const replaced = users.length - log.items.length;
    return { name, log, users: userIds, items: itemIds, titles: new Map(), categories: new Map(), replaced };
  }

  private foundScale(): RatingScale {
    if (this.smallest === this.largest) {
      throw new DatasetError(
        `${this.file}: expected ratings that differ, got ${this.smallest} in every row; ` +
          'give the scale, such as { min: 1, max: 5 }',
      );
    }
    return { min: this.smallest, max: this.largest };
  }

  private assertOnScale(row: Row, { name }: Column, value: number): void {
    if (this.scale === undefined) return;
    const { min, max } = this.scale;
    if (value >= min && value <= max) return;
    throw rowError(row, `expected ${min} to ${max} in column ${name}, got ${value}`);
  }

  private timeIn(row: Row, column: Column): number {
    this.timestampKind ??= kindOfTimestamp(row.fields[column.position]!);
    return numberIn(row, column, this.timestampKind);
  }
}

/** Dates among numbers would be milliseconds among an unknown unit: one file has one kind. */
function kindOfTimestamp(text: string): NumberKind {
  if (plainNumber.parse(text) !== undefined) return plainNumber;
  return date.parse(text) !== undefined ? date : { ...date, expected: `a number or ${date.expected}` };
}

function idIn(row: Row, { name, position }: Column): string {
  const id = row.fields[position]!;
  if (id === '') throw rowError(row, `expected an id in column ${name}, got nothing`);
  return id;
}

function numberIn(row: Row, { name, position }: Column, { parse, expected }: NumberKind): number {
  const text = row.fields[position]!;
  const value = parse(text);
  if (value === undefined) {
    throw rowError(row, `expected ${expected} in column ${name}, got ${JSON.stringify(text)}`);
  }
  return value;
}
