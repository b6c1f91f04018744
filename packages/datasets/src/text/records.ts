import type { Problem } from '../advice.js';
import { separatorOf } from './separator-line.js';
import { bytesOf, isUtf8, joinBytes, textOf } from './utf8.js';

const [tab, newline, carriageReturn, blank, quote] = [9, 10, 13, 32, 34];
/** Longer records are a quote that was never closed. */
export const maximumBytes: number = 1 << 24;
const misplacedQuote: Problem = {
  reason: 'expected a quote only around a whole field, and doubled inside it, got one in the middle',
};
const openQuote: Problem = { reason: 'expected a closing quote, got none in the rest of the file' };
export const otherEncoding: Problem = {
  reason: 'expected text in UTF-8, got other bytes',
  advice: [{ option: 'encoding', value: 'latin1' }],
};

/** How the bytes of a file are cut into records and fields. */
export interface RecordFormat {
  /** What stands between fields, any number of blanks and tabs where it is a blank; without it a record is one field. */
  readonly delimiter?: string;
  /** Whether fields may be quoted with `"`, doubled inside. */
  readonly quotes: boolean;
}

/**
 * One record after the other of a file of text, without making strings.
 *
 * Lines end with LF, CRLF or CR. Blank lines, a byte order mark and a first line such as `sep=;` are skipped. What is wrong with a
 * record stands in `problem`; the next record starts on the next line then.
 */
export class Records {
  /** Holds the current record; another buffer at any time. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Field f is `bytes[starts[f]]` to `bytes[ends[f] - 1]`. */
  starts: Int32Array = new Int32Array(16);
  ends: Int32Array = new Int32Array(16);
  fieldCount = 0;
  /** The line on which the record begins, from 1. */
  line = 1;
  problem: Problem | undefined;
  private nextLine = 1;
  private hasQuotes = false;
  private breaksInside = 0;
  /** By byte: 1 where a field may end or a quote is. */
  private readonly kinds = new Uint8Array(256);
  private readonly delimiter: Uint8Array;
  private readonly quotes: boolean;
  private readonly ofBlanks: boolean;

  constructor({ delimiter = '', quotes }: RecordFormat) {
    this.delimiter = bytesOf(delimiter);
    this.quotes = quotes;
    this.ofBlanks = delimiter === ' ';
    if (this.ofBlanks) this.kinds[tab] = 1;
    for (const byte of this.delimiter.subarray(0, 1)) this.kinds[byte] = 1;
    this.kinds[newline] = this.kinds[carriageReturn] = 1;
    if (quotes) this.kinds[quote] = 1;
  }

  /**
   * @param chunks - the text of a file as UTF-8, cut anywhere.
   * @throws whatever `chunks` and `onRecord` throw.
   */
  async read(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, onRecord: () => void): Promise<void> {
    let rest: Uint8Array = new Uint8Array(0);
    let isFirst = true;
    for await (const chunk of chunks) {
      rest = rest.length === 0 ? chunk : joinBytes([rest, chunk]);
      if (isFirst && rest.length < 16) continue;
      if (isFirst) rest = this.begin(rest);
      isFirst = false;
      rest = this.scan(rest, onRecord, false);
    }
    this.scan(isFirst ? this.begin(rest) : rest, onRecord, true);
  }

  /** The fields of the first record in the beginning of a text, which is changed; none where there is no whole record. */
  first(bytes: Uint8Array): string[] {
    this.bytes = this.begin(bytes);
    for (let start = 0; start < this.bytes.length;) {
      start = this.scanRecord(start, true);
      if (start < 0) break;
      if (this.isBlank) continue;
      this.unescape();
      return this.texts();
    }
    return [];
  }

  /** All fields of the current record as texts. */
  texts(): string[] {
    return Array.from({ length: this.fieldCount }, (_, field) => this.text(field));
  }

  /** A field of the current record as text. */
  text(field: number): string {
    return textOf(this.bytes, this.starts[field], this.ends[field]);
  }

  /** What follows a byte order mark and a line that says what separates columns. */
  private begin(bytes: Uint8Array): Uint8Array {
    const separator = this.delimiter.length > 0 ? separatorOf(bytes) : undefined;
    if (separator === undefined) return withoutMark(bytes);
    this.nextLine += 1;
    return bytes.subarray(separator.end);
  }

  /** Calls back for each whole record of `bytes`, and returns what is left. */
  private scan(bytes: Uint8Array, onRecord: () => void, isLast: boolean): Uint8Array {
    this.bytes = bytes;
    // A line break is never inside a character, so that whole lines can be checked at once.
    const lastBreak = Math.max(bytes.lastIndexOf(newline), bytes.lastIndexOf(carriageReturn));
    const isText = isUtf8(isLast ? bytes : bytes.subarray(0, lastBreak + 1));
    let start = 0;
    while (start < bytes.length) {
      this.line = this.nextLine;
      this.problem = undefined;
      let end = this.scanRecord(start, isLast);
      if (end < 0) {
        if (!isLast && bytes.length - start <= maximumBytes) break;
        end = this.skipLine(start);
      }
      if (!this.isBlank) {
        if (!isText && !isUtf8(bytes.subarray(start, end))) this.problem ??= otherEncoding;
        if (this.hasQuotes) this.unescape();
        onRecord();
      }
      start = end;
    }
    return bytes.subarray(start);
  }

  private get isBlank(): boolean {
    return this.fieldCount === 1 && this.starts[0] === this.ends[0];
  }

  /** Finds the fields of the record at `start`; returns where the next one starts, −1 where it is cut off. */
  private scanRecord(start: number, isLast: boolean): number {
    const { bytes, kinds, quotes, delimiter } = this;
    const { length } = bytes;
    let place = this.afterBlanks(start);
    this.fieldCount = 0;
    this.hasQuotes = false;
    this.breaksInside = 0;
    for (;;) {
      let fieldStart = place;
      let close = -1;
      if (quotes && bytes[place] === quote) {
        fieldStart += 1;
        close = this.closingQuote(fieldStart);
        if (close < 0) return -1;
        place = close + 1;
      }
      while (place < length && (kinds[bytes[place]!] === 0 || this.isBroken(place))) place += 1;
      if (place < length && bytes[place] === quote && quotes) {
        this.problem = misplacedQuote;
        while (
          place < length &&
          (kinds[bytes[place]!] === 0 || bytes[place] === quote || this.isBroken(place))
        ) {
          place += 1;
        }
      }
      if (place === length && !isLast) return -1;
      if (close >= 0 && place > close + 1) this.problem = misplacedQuote;
      this.addField(fieldStart, close < 0 ? place : -close);
      if (place === length) break;
      if (this.ofBlanks) {
        const next = this.afterBlanks(place);
        if (next === length && !isLast) return -1;
        // Blanks at the end of a line separate nothing.
        const separates = next > place && next < length && !isBreak(bytes[next]!);
        place = next;
        if (separates) continue;
        if (place === length) break;
      }
      const mark = bytes[place]!;
      if (mark === delimiter[0]) {
        place += delimiter.length;
        continue;
      }
      place += 1;
      if (mark === carriageReturn) {
        if (place === length && !isLast) return -1;
        if (bytes[place] === newline) place += 1;
      }
      break;
    }
    this.nextLine += 1 + this.breaksInside;
    return place;
  }

  /** Where the blanks at `place` end that stand between fields. */
  private afterBlanks(place: number): number {
    let end = place;
    while (this.ofBlanks && (this.bytes[end] === blank || this.bytes[end] === tab)) end += 1;
    return end;
  }

  /** Whether what begins as a delimiter at `place` is none. */
  private isBroken(place: number): boolean {
    const { bytes, delimiter } = this;
    if (delimiter.length < 2 || bytes[place] !== delimiter[0]) return false;
    for (let index = 1; index < delimiter.length; index++) {
      if (bytes[place + index] !== delimiter[index]) return true;
    }
    return false;
  }

  /** Where the quote opened before `start` is closed, −1 where it is not. */
  private closingQuote(start: number): number {
    const { bytes } = this;
    this.hasQuotes = true;
    for (let place = start; place < bytes.length; place++) {
      const byte = bytes[place];
      if (byte === quote) {
        if (bytes[place + 1] !== quote) return place;
        place += 1;
      } else if (byte === newline || (byte === carriageReturn && bytes[place + 1] !== newline)) {
        this.breaksInside += 1;
      }
    }
    return -1;
  }

  /** Gives up the line at `start`: what follows it may be sound. */
  private skipLine(start: number): number {
    const { bytes } = this;
    this.problem = openQuote;
    this.fieldCount = 0;
    this.hasQuotes = false;
    let end = start;
    while (end < bytes.length && bytes[end] !== newline && bytes[end] !== carriageReturn) end += 1;
    if (end < bytes.length) this.nextLine += 1;
    return bytes[end] === carriageReturn && bytes[end + 1] === newline ? end + 2 : end + 1;
  }

  /** A negative end is that of a quoted field. */
  private addField(start: number, end: number): void {
    if (this.fieldCount === this.starts.length) {
      this.starts = twiceAsLong(this.starts);
      this.ends = twiceAsLong(this.ends);
    }
    this.starts[this.fieldCount] = start;
    this.ends[this.fieldCount++] = end;
  }

  /** Makes one quote of two, in place. */
  private unescape(): void {
    const { bytes, starts, ends } = this;
    for (let field = 0; field < this.fieldCount; field++) {
      if (ends[field]! >= 0) continue;
      let target = starts[field]!;
      for (let place = target; place < -ends[field]!; place++) {
        bytes[target++] = bytes[place]!;
        if (bytes[place] === quote) place += 1;
      }
      ends[field] = target;
    }
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function isBreak(byte: number): boolean {
  return byte === newline || byte === carriageReturn;
}

function twiceAsLong(from: Int32Array): Int32Array {
  const to = new Int32Array(2 * from.length);
  to.set(from);
  return to;
}
