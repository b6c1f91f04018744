import { DatasetError } from '../dataset-error.js';

/** How files begin that no text begins as, in hexadecimal, and what to do with them. */
const beginnings: Readonly<Record<string, string>> = {
  '1f8b': 'gzip',
  '504b0304': 'a zip archive or an Excel workbook; unpack it, or save it as CSV',
  d0cf11e0: 'an Excel workbook; save it as CSV',
  '50415231': 'Parquet; give it a name that ends in .parquet, or its format',
  '28b52ffd': 'what zstd has compressed; decompress it, or compress it with gzip',
  '425a68': 'what bzip2 has compressed; decompress it, or compress it with gzip',
  fd377a585a00: 'what xz has compressed; decompress it, or compress it with gzip',
  fffe: 'UTF-16; save it as UTF-8',
  feff: 'UTF-16; save it as UTF-8',
};

/** As many first bytes tell. */
export const BEGINNING = 8;

/** What a file is by its first bytes: `text`, `gzip`, or the words for what is neither. */
export function kindOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const found = Object.entries(beginnings).find(([beginning]) => hex.startsWith(beginning));
  return found?.[1] ?? 'text';
}

/** @throws DatasetError where a file of that kind holds no text. */
export function assertText(name: string, kind: string): void {
  if (kind !== 'text' && kind !== 'gzip') throw new DatasetError(`${name}: expected text, got ${kind}`);
}
