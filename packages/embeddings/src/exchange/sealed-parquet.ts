import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The key under which a file's metadata has its SHA-256. */
const KEY = 'rl-recsys.sha256';
/** Stands in the place of the sum while it is computed. */
const UNSEALED = '0'.repeat(64);
/** Between a key and its value, in Thrift's compact protocol: the next field is text, of 64 bytes. */
const BETWEEN = [0x18, 64];

/** What to give the writer, so that {@link sealParquet} finds a place for the sum. */
export const UNSEALED_METADATA: readonly { readonly key: string; readonly value: string }[] = [
  { key: KEY, value: UNSEALED },
];

/** Writes the file's SHA-256 into it, in place. */
export function sealParquet(bytes: Uint8Array): Uint8Array {
  const place = placeOfSum(bytes);
  if (place === undefined) throw new Error(`bytes: expected metadata with ${KEY}, got none`);
  bytes.set(utf8ToBytes(sumOf(bytes, place)), place);
  return bytes;
}

/**
 * Accepts files that were never sealed, which are another program's, and sealed ones that are as they were.
 *
 * @throws Error where a sealed one has changed.
 */
export function assertParquetSealed(bytes: Uint8Array): void {
  const place = placeOfSum(bytes);
  if (place === undefined) return;
  const sum = String.fromCharCode(...bytes.subarray(place, place + UNSEALED.length));
  if (sum !== sumOf(bytes, place))
    throw new Error('bytes: the Parquet file is damaged (its checksum is wrong)');
}

/** The SHA-256 of the file as it is before it is sealed. */
function sumOf(bytes: Uint8Array, place: number): string {
  const end = place + UNSEALED.length;
  const hash = sha256.create().update(bytes.subarray(0, place)).update(utf8ToBytes(UNSEALED));
  return bytesToHex(hash.update(bytes.subarray(end)).digest());
}

/** Where the sum is: near the end, where the metadata are. */
function placeOfSum(bytes: Uint8Array): number | undefined {
  const before = [...utf8ToBytes(KEY), ...BETWEEN];
  for (let place = bytes.length - UNSEALED.length; place >= before.length; place--) {
    const first = place - before.length;
    if (before.every((byte, index) => bytes[first + index] === byte)) return place;
  }
  return undefined;
}
