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

/** What a file is by its first bytes: `text`, `gzip`, or the words for what is neither. */
export function kindOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const found = Object.entries(beginnings).find(([beginning]) => hex.startsWith(beginning));
  return found?.[1] ?? 'text';
}
