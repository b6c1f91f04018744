import { bytesOf, textOf } from './utf8.js';

/** The first line that Excel writes to say what separates columns: `sep=;`. */
const separatorLine = /^\uFEFF?sep=(.)(?:\r\n|\n|\r)/i;

/**
 * What a text says on its first line that separates its columns, and how many bytes that line has, a byte order mark
 * included; undefined where the first line says no such thing.
 */
export function separatorOf(
  bytes: Uint8Array,
): { readonly delimiter: string; readonly end: number } | undefined {
  const found = separatorLine.exec(textOf(bytes.subarray(0, 16)));
  return found === null ? undefined : { delimiter: found[1]!, end: bytesOf(found[0]).length };
}
