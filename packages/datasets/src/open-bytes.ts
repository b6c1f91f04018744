import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DatasetError } from './dataset-error.js';
import { readError } from './rows.js';

const chunkSize = 1 << 20;

/**
 * The bytes of a file piece by piece, unzipped where its name ends in `.gz`.
 *
 * @throws DatasetError where it cannot be read or unzipped.
 */
export async function* openBytes(file: string): AsyncGenerator<Uint8Array> {
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
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_'))
      throw new DatasetError(`${file}: cannot be unzipped, ${message}`, { cause: error });
    throw readError(file, error);
  } finally {
    source.destroy();
  }
}
