import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DatasetError } from '../dataset-error.js';
import type { TextEncoding } from './text-options.js';

const chunkSize = 1 << 20;

/**
 * The text of a file as UTF-8 bytes, piece by piece, unzipped where its name ends in `.gz`. What is said to be
 * UTF-8 is passed on as it is.
 *
 * @throws DatasetError where it cannot be read or unzipped.
 */
export async function* openText(file: string, encoding: TextEncoding = 'utf-8'): AsyncGenerator<Uint8Array> {
  for await (const bytes of openBytes(file)) {
    yield encoding === 'latin1' ? Buffer.from(bytes.toString('latin1')) : bytes;
  }
}

async function* openBytes(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file, { highWaterMark: chunkSize });
  try {
    if (!file.endsWith('.gz')) {
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
    source.destroy();
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
