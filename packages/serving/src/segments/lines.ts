import type { FileHandle } from 'node:fs/promises';

/** A line of a file, without its end, and how many bytes stand before it. */
export interface Line {
  readonly bytes: Buffer;
  readonly offset: number;
}

const NEWLINE = 10;

/** Which bytes of a file are read, and how many at once. */
export interface Stretch {
  /** Default 0. */
  readonly from?: number;
  readonly end: number;
  /** Default 1 MiB. */
  readonly chunk?: number;
}

/** The lines in a stretch of a file, in order; a last line that is not ended within it is left out. */
export async function* linesOf(
  handle: FileHandle,
  { from = 0, end, chunk: most = 1 << 20 }: Stretch,
): AsyncGenerator<Line> {
  let rest = Buffer.alloc(0);
  for (let read = from; read < end;) {
    const chunk = Buffer.allocUnsafe(Math.min(most, end - read));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, read);
    if (bytesRead === 0) return;
    const start = read - rest.length;
    const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    read += bytesRead;
    let line = 0;
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, line);
      if (newline < 0) break;
      yield { bytes: bytes.subarray(line, newline), offset: start + line };
      line = newline + 1;
    }
    rest = bytes.subarray(line);
  }
}
