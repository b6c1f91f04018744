import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DatasetError } from '../dataset-error.js';
import { assertText, BEGINNING, kindOf } from './file-kind.js';
import type { TextSource } from './text-source.js';

const chunkSize = 1 << 20;

/** A file on the disk, whatever it is called. */
export function fileText(path: string): TextSource {
  return { name: path, open: () => openBytes(path) };
}

async function* openBytes(file: string): AsyncGenerator<Uint8Array> {
  let source: ReadStream | undefined;
  try {
    const kind = kindOf(await firstBytesOf(file));
    assertText(file, kind);
    // Not before: a stream that fails while nobody listens ends the process.
    source = createReadStream(file, { highWaterMark: chunkSize });
    if (kind === 'text') {
      yield* source as AsyncIterable<Uint8Array>;
      return;
    }
    const unzipped = createGunzip({ chunkSize });
    const done = pipeline(source, unzipped);
    done.catch(() => {}); // The same error comes out of `unzipped`.
    yield* unzipped as AsyncIterable<Uint8Array>;
    await done;
  } catch (error) {
    throw readError(file, error);
  } finally {
    source?.destroy();
  }
}

async function firstBytesOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(BEGINNING), 0, BEGINNING, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** An error of the file system or of zlib in the words of this package; any other error as it is. */
function readError(file: string, error: unknown): unknown {
  const { name, syscall, code = '', message } = error as NodeJS.ErrnoException;
  // The archive ended before its file did, and what unzips it took no more.
  if (name === 'AbortError')
    return new DatasetError(`${file}: cannot be unzipped, something follows its end`, { cause: error });
  if (code.startsWith('Z_'))
    return new DatasetError(`${file}: cannot be unzipped, ${message}`, { cause: error });
  if (syscall === undefined) return error;
  const problem = code === 'ENOENT' ? 'no such file' : `cannot be read, ${message}`;
  return new DatasetError(`${file}: ${problem}`, { cause: error });
}
