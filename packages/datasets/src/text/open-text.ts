import type { TextEncoding } from './text-options.js';
import type { TextSource } from './text-source.js';
import { bytesOf } from './utf8.js';

/**
 * The text of a file as UTF-8 bytes, piece by piece. What is said to be UTF-8 is passed on as it is.
 *
 * @throws DatasetError where it cannot be read or unzipped, or begins as no text does.
 */
export async function* openText(
  source: TextSource,
  encoding: TextEncoding = 'utf-8',
): AsyncGenerator<Uint8Array> {
  const characters = encoding === 'utf-8' ? undefined : charactersOf(encoding);
  for await (const bytes of source.open()) yield characters ? recoded(bytes, characters) : bytes;
}

/** What windows-1252 has from 0x80 to 0x9f, in the place of ISO 8859-1's control characters. */
const ofWindows = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** By byte: the character that it is, as UTF-8. Decoders differ in what they take latin1 for. */
function charactersOf(encoding: Exclude<TextEncoding, 'utf-8'>): readonly Uint8Array[] {
  return Array.from({ length: 256 }, (_, byte) => {
    const isControl = byte >= 0x80 && byte < 0xa0;
    return bytesOf(
      encoding === 'windows-1252' && isControl ? ofWindows[byte - 0x80]! : String.fromCharCode(byte),
    );
  });
}

/** Text of which each byte is a character, as UTF-8. */
function recoded(bytes: Uint8Array, characters: readonly Uint8Array[]): Uint8Array {
  const text = new Uint8Array(3 * bytes.length);
  let end = 0;
  for (const byte of bytes) {
    const character = characters[byte]!;
    for (let place = 0; place < character.length; place++) text[end++] = character[place]!;
  }
  return text.subarray(0, end);
}
