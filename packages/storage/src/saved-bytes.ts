import { decode, Encoder } from '@msgpack/msgpack';
import type { SavedState } from '@rl-recsys/random';
import { assertSaved } from './assert-saved.js';
import { checksumOf } from './checksum.js';
import { TYPED_ARRAYS } from './typed-arrays.js';

const FORMAT = '@rl-recsys/saved';
const VERSION = 1;
const HEAD = 9;

/**
 * A value as bytes: MessagePack, with typed arrays as extensions, inside a MessagePack map
 * `{ format, version, checksum, body }` whose checksum is the body's SHA-256.
 *
 * The same value gives the same bytes, and comes back the same: −0, NaN and infinities too.
 *
 * @throws TypeError where `value` holds something that would not come back, such as `undefined`, a `Date`
 *   or the key `__proto__`; the message names the place.
 * @throws RangeError where it takes 4 GiB or more.
 */
export function encodeSaved(value: SavedState): Uint8Array {
  assertLittleEndian();
  assertSaved(value, 'value');
  const size = byteLengthOf(value);
  if (size >= 2 ** 32) throw new RangeError(`value: expected less than 4 GiB of arrays, got ${size} bytes`);
  // Integers as floats too, or −0 would become 0.
  const body = encoderFor(size, { extensionCodec: TYPED_ARRAYS, forceIntegerToFloat: true }).encodeSharedRef(
    value,
  );
  const sealed = { format: FORMAT, version: VERSION, checksum: checksumOf(body), body };
  return encoderFor(body.length).encodeSharedRef(sealed);
}

/**
 * What {@link encodeSaved} wrote. Nothing is built of bytes that have changed; typed arrays are copies.
 *
 * A checksum finds damage, not forgery: who can write the bytes can write a right checksum. Forged bytes
 * give other values, or an error, never code.
 *
 * @throws Error where `bytes` is something else, is damaged or cut short, or of another version.
 */
export function decodeSaved(bytes: Uint8Array): SavedState {
  assertLittleEndian();
  const { format, version, checksum, body } = decodeMap(bytes);
  if (format !== FORMAT) throw new Error('bytes: expected a saved value, got something else');
  if (version !== VERSION) {
    throw new Error(`bytes: expected version ${VERSION} of the format, got ${String(version)}`);
  }
  if (!(body instanceof Uint8Array) || checksumOf(body) !== checksum) {
    throw new Error('bytes: the saved value is damaged (its checksum is wrong)');
  }
  const value = decode(body, { extensionCodec: TYPED_ARRAYS });
  assertSaved(value, 'value');
  return value;
}

/** Sized beforehand: growing would double a buffer that may already be most of the memory. */
function encoderFor(size: number, options: object = {}): Encoder {
  return new Encoder({ ...options, initialBufferSize: size + 1024 });
}

/** At least the bytes that `value` takes in MessagePack: a head has at most nine, a unit of text at most three. */
function byteLengthOf(value: SavedState): number {
  if (typeof value === 'string') return HEAD + 3 * value.length;
  if (typeof value !== 'object' || value === null) return HEAD;
  if (ArrayBuffer.isView(value)) return HEAD + value.byteLength;
  if (Array.isArray(value))
    return value.reduce<number>((sum, entry: SavedState) => sum + byteLengthOf(entry), HEAD);
  const entries = Object.entries(value as Readonly<Record<string, SavedState>>);
  return entries.reduce((sum, [key, entry]) => sum + byteLengthOf(key) + byteLengthOf(entry), HEAD);
}

function decodeMap(bytes: Uint8Array): Record<string, unknown> {
  try {
    return Object(decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error('bytes: expected a saved value, got something cut short or of another kind', { cause });
  }
}

/** Arrays are written as they lie in memory; no machine that runs browsers or Node differs. */
function assertLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new Error('saving and loading needs a little-endian machine');
  }
}
