import type { Problem } from '../advice.js';
import { maximumBytes, otherEncoding } from './records.js';
import { isUtf8, joinBytes, textOf } from './utf8.js';

const [newline, carriageReturn, quote, comma, backslash] = [10, 13, 34, 44, 92];
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];
const noEnd: Problem = {
  reason: 'expected the end of an array of JSON objects, got none in the rest of the file',
};

/** One element after the other of a file that is one JSON array, without reading all of it at once. */
export class JsonArray {
  /** The current element. */
  text = '';
  /** The line on which it begins, from 1. */
  line = 1;
  problem: Problem | undefined;
  private nextLine = 1;
  private last = 0;
  /** How many brackets and braces are open, that of the array included. */
  private depth = 0;
  private isText = false;
  private isEscaped = false;

  /**
   * @param chunks - the array as UTF-8, from its bracket on, cut anywhere.
   * @throws whatever `chunks` and `onElement` throw.
   */
  async read(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, onElement: () => void): Promise<void> {
    let rest: Uint8Array = new Uint8Array(0);
    for await (const chunk of chunks) {
      const bytes = rest.length === 0 ? chunk : joinBytes([rest, chunk]);
      rest = this.scan(bytes, rest.length, onElement);
      if (rest.length > maximumBytes) break;
    }
    if (this.depth > 0 || rest.length > 0) this.end(rest, this.depth > 0 ? noEnd : undefined, onElement);
  }

  /** Calls back for each element that ends after `from`, and returns the beginning of the one that does not. */
  private scan(bytes: Uint8Array, from: number, onElement: () => void): Uint8Array {
    let start = 0;
    for (let place = from; place < bytes.length; place++) {
      const byte = bytes[place]!;
      if (byte === newline ? this.last !== carriageReturn : byte === carriageReturn) this.nextLine += 1;
      this.last = byte;
      if (this.isText) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === backslash) this.isEscaped = true;
        else if (byte === quote) this.isText = false;
      } else if (byte === quote) {
        this.isText = true;
      } else if (byte === openBracket || byte === openBrace) {
        this.depth += 1;
        if (this.depth === 1) start = place + 1;
      } else if (byte === closeBrace || byte === closeBracket || byte === comma) {
        const closes = byte !== comma;
        if (this.depth === 1) {
          this.end(bytes.subarray(start, place), undefined, onElement);
          start = place + 1;
        }
        if (closes && this.depth > 0) this.depth -= 1;
      }
    }
    return bytes.subarray(start);
  }

  private end(bytes: Uint8Array, problem: Problem | undefined, onElement: () => void): void {
    const text = textOf(bytes);
    this.text = text.trim();
    this.problem = problem ?? (isUtf8(bytes) ? undefined : otherEncoding);
    const breaks = (part: string) => part.split(/\r\n|\n|\r/).length - 1;
    this.line = this.nextLine - breaks(text.trimStart());
    if (this.text !== '' || problem !== undefined) onElement();
  }
}
