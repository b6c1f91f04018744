import { DatasetError } from '../dataset-error.js';
import { assertText, BEGINNING, kindOf } from './file-kind.js';
import type { TextSource } from './text-source.js';

/** A file that a page was given: `name` is what errors call it. */
export function blobText(blob: Blob, name: string): TextSource {
  return { name, open: () => openBlob(blob, name) };
}

async function* openBlob(blob: Blob, name: string): AsyncGenerator<Uint8Array> {
  const kind = kindOf(new Uint8Array(await blob.slice(0, BEGINNING).arrayBuffer()));
  assertText(name, kind);
  const isZipped = kind === 'gzip';
  const stream = isZipped ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream();
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  try {
    // Not by `for await`: not all browsers can iterate over a stream.
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    const problem = isZipped ? 'cannot be unzipped' : 'cannot be read';
    throw new DatasetError(`${name}: ${problem}, ${(error as Error).message}`, { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined); // what has failed can't be cancelled, and is told of above
  }
}
