import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DatasetError } from '../dataset-error.js';
import { kindOf } from './file-kind.js';
import type { TextEncoding } from './text-options.js';

const chunkSize = 1 << 20;

/**
 * The text of a file as UTF-8 bytes, piece by piece, unzipped where it is gzipped, whatever it is called. What is said to be
 * UTF-8 is passed on as it is.
 *
 * @throws DatasetError where it cannot be read or unzipped, or begins as no text does.
 */
export async function* openText(file: string, encoding: TextEncoding = 'utf-8'): AsyncGenerator<Uint8Array> {
  for await (const bytes of openBytes(file)) {
    yield encoding === 'utf-8' ? bytes : Buffer.from(ofOneByte(bytes, encoding));
  }
}

/** What windows-1252 has from 0x80 to 0x9f, in the place of ISO 8859-1's control characters. */
const ofWindows = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Text of which each byte is a character. */
function ofOneByte(bytes: Buffer, encoding: TextEncoding): string {
  const text = bytes.toString('latin1');
  if (encoding === 'latin1') return text;
  return text.replace(/[\x80-\x9f]/g, (each) => ofWindows[each.charCodeAt(0) - 0x80]!);
}

async function* openBytes(file: string): AsyncGenerator<Buffer> {
  let source: ReadStream | undefined;
  try {
    const kind = kindOf(await firstBytesOf(file));
    if (kind !== 'text' && kind !== 'gzip') throw new DatasetError(`${file}: expected text, got ${kind}`);
    // Not before: a stream that fails while nobody listens ends the process.
    source = createReadStream(file, { highWaterMark: chunkSize });
    if (kind === 'text') {
      yield* source as AsyncIterable<Buffer>;
      return;
    }
    const unzipped = createGunzip({ chunkSize });
    const done = pipeline(source, unzipped);
    done.catch(() => {}); // The same error comes out of `unzipped`.
    yield* unzipped as AsyncIterable<Buffer>;
    await done;
  } catch (error) {
    throw readError(file, error);
  } finally {
    source?.destroy();
  }
}

async function firstBytesOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** An error of the file system or of zlib in the words of this package; any other error as it is. */
function readError(file: string, error: unknown): unknown {
  const { syscall, code = '', message } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_'))
    return new DatasetError(`${file}: cannot be unzipped, ${message}`, { cause: error });
  if (syscall === undefined) return error;
  const problem = code === 'ENOENT' ? 'no such file' : `cannot be read, ${message}`;
  return new DatasetError(`${file}: ${problem}`, { cause: error });
}
