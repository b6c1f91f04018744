import { isRecordName } from './record-name.js';

/** Bytes of a header, and what everything in a .tar is a multiple of. */
export const BLOCK = 512;

/** The largest size that eleven octal digits hold: 8 GiB less one byte. */
const LARGEST = 8 ** 11 - 1;

/** Where the fields of a POSIX ustar header begin, and their lengths. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
  prefix: [345, 155],
} as const;

type Field = keyof typeof FIELDS;

/** GNU tar's own format, which is its default, writes another word here and no prefix. */
const MAGIC = { ustar: 'ustar\0' + '00', gnu: 'ustar  \0' } as const;

const FILE = '0';
const FOLDER = '5';

/** What stands before a file's bytes. */
export interface TarEntry {
  /** A record's name, `undefined` for a folder. */
  readonly name: string | undefined;
  readonly size: number;
}

/**
 * The header of a file that anybody may read, of nobody, of 1970: the same for the same record.
 *
 * @throws RangeError where `size` is more than a header can say.
 */
export function writeTarHeader(name: string, size: number): Uint8Array {
  if (size > LARGEST) throw new RangeError(`${name}: expected at most ${LARGEST} bytes, got ${size}`);
  const header = new Uint8Array(BLOCK);
  const put = (field: Field, text: string) => header.set(ascii(text), FIELDS[field][0]);
  put('name', name);
  put('mode', '0000644\0');
  put('uid', '0000000\0');
  put('gid', '0000000\0');
  put('size', `${octal(size, 11)}\0`);
  put('mtime', `${octal(0, 11)}\0`);
  put('type', FILE);
  put('magic', MAGIC.ustar);
  put('checksum', `${octal(checksumOf(header), 6)}\0 `);
  return header;
}

/**
 * Reads the header at `offset`.
 *
 * @throws Error where it is damaged, or of anything but a folder or a file with a record's name.
 */
export function readTarHeader(bytes: Uint8Array, offset: number): TarEntry {
  const header = bytes.subarray(offset, offset + BLOCK);
  const text = (field: Field) => {
    const [start, length] = FIELDS[field];
    return String.fromCharCode(...header.subarray(start, start + length));
  };
  const fail = (what: string) => new Error(`bytes: ${what} in the header at ${offset} of the .tar`);
  const number = (field: 'size' | 'checksum') => {
    const digits = /^ *([0-7]+)[ \0]*$/.exec(text(field))?.[1];
    if (digits === undefined) throw fail(`expected ${field} in octal digits, got ${show(text(field))}`);
    return parseInt(digits, 8);
  };

  if (header.length < BLOCK) throw fail('expected 512 bytes, got fewer: it is cut short');
  if (number('checksum') !== checksumOf(header)) throw fail('expected a right checksum, got a wrong one');
  const magic = text('magic');
  if (magic !== MAGIC.ustar && magic !== MAGIC.gnu) throw fail(`expected format ustar, got ${show(magic)}`);

  const prefix = magic === MAGIC.ustar ? untilNul(text('prefix')) : '';
  const path = prefix === '' ? untilNul(text('name')) : `${prefix}/${untilNul(text('name'))}`;
  const type = text('type').replace('\0', FILE);
  const size = number('size');
  if (type === FOLDER) {
    if (size === 0) return { name: undefined, size };
    throw fail(`expected nothing in the folder ${show(path)}, got ${size} bytes`);
  }
  if (type !== FILE) throw fail(`expected a file or a folder, got ${show(path)} of type ${show(type)}`);
  // `tar -C folder .` puts this before each name.
  const name = path.replace(/^(?:\.\/)+/, '');
  if (!isRecordName(name)) throw fail(`expected the name of a record, got ${show(path)}`);
  return { name, size };
}

/** The sum of the header's bytes, as if its checksum were eight spaces. */
function checksumOf(header: Uint8Array): number {
  const [start, length] = FIELDS.checksum;
  let sum = 0;
  for (const [place, byte] of header.entries()) {
    sum += place >= start && place < start + length ? 0x20 : byte;
  }
  return sum;
}

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
const untilNul = (text: string) => text.split('\0', 1)[0]!;
const show = (text: string) => JSON.stringify(untilNul(text));
