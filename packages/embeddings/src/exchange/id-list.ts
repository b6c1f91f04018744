import { readNpy } from './npy-array.js';
import { utf8Of } from './utf8.js';

const NPY_START = 0x93; // no UTF-8 text begins with it

/**
 * Ids as UTF-8 text, one a line: the companion of {@link encodeNpy}.
 *
 * @throws RangeError where an id is empty or has a line break; it names the row.
 */
export function encodeIds(ids: readonly string[]): Uint8Array {
  for (const [row, id] of ids.entries()) {
    if (id === '' || /[\r\n]/.test(id)) {
      throw new RangeError(`ids[${row}]: expected text in one line, got ${JSON.stringify(id)}`);
    }
  }
  return new TextEncoder().encode(ids.map((id) => `${id}\n`).join(''));
}

/**
 * The ids of the rows of another file: UTF-8 text with one a line, or an NPY file of int64 or int32 in one dimension.
 *
 * @throws RangeError where the NPY file is another or damaged, the text is no UTF-8, or a line is empty; it names the line.
 */
export function decodeIds(bytes: Uint8Array): string[] {
  if (bytes[0] === NPY_START) {
    const { type, shape, data } = readNpy(bytes, ['<i8', '<i4']);
    if (shape.length !== 1) {
      throw new RangeError(`bytes: expected ids of shape (rows,), got (${shape.join(', ')})`);
    }
    return Array.from<bigint | number, string>(
      type === '<i8' ? new BigInt64Array(data) : new Int32Array(data),
      String,
    );
  }
  const lines = utf8Of('bytes', bytes).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const empty = lines.indexOf('');
  if (empty >= 0) throw new RangeError(`line ${empty + 1}: expected an id, got an empty line`);
  return lines;
}
