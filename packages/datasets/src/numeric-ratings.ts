import { createReadStream } from 'node:fs';
import { createRatingLog, IdMap, type RatingLog, type RatingScale } from '@rl-recsys/rating-log';
import { DatasetError } from './dataset-error.js';
import { GrowingColumn } from './growing-column.js';
import { readError, rowError } from './rows.js';

/** A file of rows user, item, rating, timestamp, all of them numbers that are not negative. */
export interface NumericFormat {
  readonly delimiter: string;
  /** The first line as it must be; default: there is none. */
  readonly header?: string;
  readonly scale: RatingScale;
}

/** What {@link readNumericRatings} reads. */
export interface NumericRatings {
  readonly log: RatingLog;
  readonly users: IdMap;
  readonly items: IdMap;
  readonly replaced: number;
}

const names = ['user', 'item', 'rating', 'timestamp'];
const [newline, carriageReturn, point, zero] = Array.from('\n\r.0', (text) => text.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];

/**
 * Reads ratings byte by byte, without a text for each field, into typed columns.
 *
 * Ids are whole numbers. Blank lines are skipped.
 *
 * @throws DatasetError where the file cannot be read or is empty, or a row is malformed; the message
 * names the line.
 */
export async function readNumericRatings(file: string, format: NumericFormat): Promise<NumericRatings> {
  const rows = new NumericRows(file, format);
  let rest: Buffer = Buffer.alloc(0);
  try {
    const stream: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: 1 << 20 });
    for await (const piece of stream) {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const end = bytes.lastIndexOf(newline) + 1;
      rows.add(bytes.subarray(0, end));
      rest = bytes.subarray(end);
    }
  } catch (error) {
    throw readError(file, error);
  }
  if (rest.length > 0) rows.add(Buffer.concat([rest, Buffer.of(newline)]));
  return rows.finish();
}

/** Gathers rows; `position` is the next byte to look at. */
class NumericRows {
  private readonly users = new DenseIds();
  private readonly items = new DenseIds();
  private readonly ratings = new GrowingColumn((length) => new Float32Array(length));
  private readonly timestamps = new GrowingColumn((length) => new Float64Array(length));
  private readonly delimiter: Uint8Array;
  private line = 0;
  private position = 0;

  constructor(
    private readonly file: string,
    private readonly format: NumericFormat,
  ) {
    this.delimiter = Buffer.from(format.delimiter);
  }

  /** @param bytes - whole lines, each with its line break. */
  add(bytes: Buffer): void {
    const { min, max } = this.format.scale;
    this.position = 0;
    while (this.position < bytes.length) {
      const start = this.position;
      this.line += 1;
      if (this.line === 1 && this.format.header !== undefined) {
        this.skipHeader(bytes);
        continue;
      }
      if (this.endsLine(bytes)) continue;
      const user = this.number(bytes);
      const item = this.separated(bytes) ? this.number(bytes) : NaN;
      const rating = this.separated(bytes) ? this.number(bytes) : NaN;
      const timestamp = this.separated(bytes) ? this.number(bytes) : NaN;
      const isRating = Number.isInteger(user) && Number.isInteger(item) && rating >= min && rating <= max;
      if (!isRating || Number.isNaN(timestamp) || !this.endsLine(bytes)) this.refuse(bytes, start);
      this.users.add(user);
      this.items.add(item);
      this.ratings.push(rating);
      this.timestamps.push(timestamp);
    }
  }

  finish(): NumericRatings {
    const { file, users, items, ratings, timestamps, format } = this;
    if (ratings.length === 0) throw new DatasetError(`${file}: expected ratings, got none`);
    const log = createRatingLog({
      userCount: users.count,
      itemCount: items.count,
      users: users.indices.column,
      items: items.indices.column,
      ratings: ratings.column,
      timestamps: timestamps.column,
      scale: format.scale,
    });
    return { log, users: users.map(), items: items.map(), replaced: ratings.length - log.items.length };
  }

  /** Takes a decimal number such as 17 or 3.5; NaN where there is none. */
  private number(bytes: Buffer): number {
    const start = this.position;
    let digits = 0;
    let divisor = 0; // 0 before the point
    for (; ; this.position++) {
      const byte = bytes[this.position]!;
      const digit = byte - zero;
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
        divisor *= 10;
      } else if (byte === point && divisor === 0 && this.position > start) {
        divisor = 1;
      } else {
        break;
      }
    }
    if (this.position === start || divisor === 1) return NaN;
    return divisor === 0 ? digits : digits / divisor;
  }

  /** Takes a delimiter; false where there is none. */
  private separated(bytes: Buffer): boolean {
    for (const byte of this.delimiter) {
      if (bytes[this.position] !== byte) return false;
      this.position += 1;
    }
    return true;
  }

  /** Takes a line break; false where there is none. */
  private endsLine(bytes: Buffer): boolean {
    if (bytes[this.position] === carriageReturn) this.position += 1;
    if (bytes[this.position] !== newline) return false;
    this.position += 1;
    return true;
  }

  private skipHeader(bytes: Buffer): void {
    const found = lineAt(bytes, this.position);
    const { file, line, format } = this;
    if (found !== format.header) {
      throw rowError({ file, line }, `expected the header ${format.header}, got ${JSON.stringify(found)}`);
    }
    this.position = bytes.indexOf(newline, this.position) + 1;
  }

  /** Says what is wrong with the row that begins at `start`. */
  private refuse(bytes: Buffer, start: number): never {
    const { file, line } = this;
    const { delimiter, scale } = this.format;
    const fields = lineAt(bytes, start).split(delimiter);
    if (fields.length !== names.length) {
      throw rowError({ file, line }, `expected ${names.length} columns, got ${fields.length}`);
    }
    const wrong = fields.findIndex((field, column) => !(column < 2 ? /^\d+$/ : /^\d+(\.\d+)?$/).test(field));
    if (wrong === -1) {
      const range = `${scale.min} to ${scale.max}`;
      throw rowError({ file, line }, `expected ${range} in column rating, got ${fields[2]}`);
    }
    const expected = wrong < 2 ? 'a whole number' : 'a number';
    const found = JSON.stringify(fields[wrong]);
    throw rowError({ file, line }, `expected ${expected} in column ${names[wrong]}, got ${found}`);
  }
}

/** Numbers of the file to dense indices, in the order in which they are first met. */
class DenseIds {
  readonly indices = new GrowingColumn((length) => new Int32Array(length));
  private readonly known = new Map<number, number>();
  private lastId = NaN;
  private lastIndex = 0;

  get count(): number {
    return this.known.size;
  }

  add(id: number): void {
    if (id !== this.lastId) {
      // Rows of one user mostly follow each other.
      this.lastId = id;
      this.lastIndex = this.known.get(id) ?? this.known.size;
      this.known.set(id, this.lastIndex);
    }
    this.indices.push(this.lastIndex);
  }

  map(): IdMap {
    return new IdMap(Array.from(this.known.keys(), String));
  }
}

function lineAt(bytes: Buffer, start: number): string {
  return bytes.toString('latin1', start, bytes.indexOf(newline, start)).replace(/\r$/, '');
}
