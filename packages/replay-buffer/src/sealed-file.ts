import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const FORMAT = '@rl-recsys/replay-buffer';
const VERSION = 1;
const LINE_END = 0x0a;

/** What a file holds. */
export interface SealedFile {
  /** JSON of the small things. */
  readonly header: string;
  /** The ring, as little-endian 4-byte numbers. */
  readonly records: Uint8Array;
  /** Little-endian float64; empty where replay is uniform. */
  readonly priorities: Uint8Array;
}

/**
 * One line of JSON, `{ format, version, checksum, bytes: [header, records, priorities] }`, and then these three one behind the other: a
 * format that needs no library, since who replays need not save.
 */
export function sealFile({ header, records, priorities }: SealedFile): Uint8Array {
  assertLittleEndian();
  const parts = [new TextEncoder().encode(header), records, priorities];
  const bytes = parts.map(({ length }) => length);
  const all = [new TextEncoder().encode(`${lineOf(checksumOf(parts), bytes)}\n`), ...parts];
  const file = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of all) {
    file.set(part, end);
    end += part.length;
  }
  return file;
}

/** @throws Error where `bytes` is not what {@link sealFile} wrote, whole and undamaged. */
export function openFile(bytes: Uint8Array): SealedFile {
  assertLittleEndian();
  const end = bytes.indexOf(LINE_END);
  const seal = parseLine(bytes.subarray(0, Math.max(end, 0)));
  if (seal['format'] !== FORMAT) throw new Error('bytes: expected a saved replay buffer, got something else');
  if (seal['version'] !== VERSION) {
    throw new Error(`bytes: expected version ${VERSION} of the format, got ${String(seal['version'])}`);
  }
  const lengths: unknown[] = Array.isArray(seal['bytes']) ? seal['bytes'] : [];
  const parts = cut(bytes, end + 1, lengths);
  if (!parts || checksumOf(parts) !== seal['checksum'] || !isLine(bytes.subarray(0, end), seal)) {
    throw new Error('bytes: the saved replay buffer is damaged (its length or its checksum is wrong)');
  }
  const [header, records, priorities] = parts as [Uint8Array, Uint8Array, Uint8Array];
  return { header: new TextDecoder().decode(header), records, priorities };
}

function lineOf(checksum: unknown, bytes: unknown): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, checksum, bytes });
}

/** Whether a line is as it was written: other JSON, with a name that comes twice, say, may mean the same. */
function isLine(line: Uint8Array, { checksum, bytes }: Record<string, unknown>): boolean {
  const written = new TextEncoder().encode(lineOf(checksum, bytes));
  return written.length === line.length && written.every((byte, place) => byte === line[place]);
}

function parseLine(line: Uint8Array): Record<string, unknown> {
  try {
    return Object(JSON.parse(new TextDecoder().decode(line))) as Record<string, unknown>;
  } catch (cause) {
    throw new Error('bytes: expected a saved replay buffer, got something cut short or of another kind', {
      cause,
    });
  }
}

/** The three parts, or undefined where these are not exactly the bytes that are left. */
function cut(bytes: Uint8Array, start: number, lengths: readonly unknown[]): Uint8Array[] | undefined {
  const parts: Uint8Array[] = [];
  let at = start;
  for (const length of lengths) {
    if (!Number.isSafeInteger(length) || (length as number) < 0) return undefined;
    parts.push(bytes.subarray(at, at + (length as number)));
    at += length as number;
  }
  return parts.length === 3 && at === bytes.length ? parts : undefined;
}

function checksumOf(parts: readonly Uint8Array[]): string {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return bytesToHex(hash.digest());
}

/** The ring is written as it lies in memory; no machine that runs Node on a desk or phone differs. */
function assertLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new Error('saving and loading replay buffers needs a little-endian machine');
  }
}
