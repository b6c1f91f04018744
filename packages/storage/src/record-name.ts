/** The room for a name in the header of a .tar, after the `./` that some programs begin it with. */
const LONGEST = 98;

// Folders have no dot and records have one, so that no record is ever a folder of another; a leading dot
// is left to files that are being written. Lower case, since some file systems see no other.
const PATTERN = /^(?:[a-z0-9][a-z0-9_-]*\/)*[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)+$/;

/** Devices of Windows, with any extension. */
const RESERVED = /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$)/;

/** Whether {@link assertRecordName} accepts `name`. */
export function isRecordName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= LONGEST && PATTERN.test(name) && !RESERVED.test(name);
}

/**
 * Accepts names that mean the same in every storage: relative paths of at most 98 characters, such as
 * `vectors/items.bin`, whose last part has an extension and whose folders have none. Parts are of
 * `a`–`z`, `0`–`9`, `-` and `_`, begin with a letter or digit, and are no device of Windows.
 *
 * @throws RangeError where `name` is anything else.
 */
export function assertRecordName(name: unknown): asserts name is string {
  if (isRecordName(name)) return;
  const got = typeof name === 'string' ? JSON.stringify(name.slice(0, 2 * LONGEST)) : String(name);
  throw new RangeError(
    `name: expected a relative path such as vectors/items.bin (lower case, with an extension), got ${got}`,
  );
}

/** @throws TypeError where `bytes` is no `Uint8Array`. */
export function assertRecordBytes(bytes: unknown): asserts bytes is Uint8Array {
  const kind = Object.prototype.toString.call(bytes).slice('[object '.length, -1);
  if (kind !== 'Uint8Array') throw new TypeError(`bytes: expected a Uint8Array, got ${kind}`);
}
