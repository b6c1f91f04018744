/** A record as one line of JSON; NaN and ±∞, which JSON lacks, become null. */
export function jsonLine(record: unknown): string {
  return JSON.stringify(record) + '\n';
}

/**
 * Reads records from text that comes in pieces, as a file does that is still written: what has no end of a line yet waits
 * for the rest.
 *
 * @typeParam Value - what the lines are; nothing checks it.
 */
export class JsonLines<Value> {
  private rest = '';
  private line = 0;

  /**
   * The records that a piece completes.
   *
   * @throws SyntaxError where a line is no JSON; it is named by its number.
   */
  push(text: string): Value[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop()!;
    return lines.flatMap((line) => {
      this.line += 1;
      if (line.trim() === '') return [];
      try {
        return [JSON.parse(line) as Value];
      } catch (cause) {
        throw new SyntaxError(`line ${this.line}: expected JSON, got ${line.slice(0, 60)}`, { cause });
      }
    });
  }
}
