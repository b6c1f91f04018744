const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The text that bytes are in UTF-8.
 *
 * @param name - what they are called, such as `line 3`.
 * @throws RangeError where they are none.
 */
export function utf8Of(name: string, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new RangeError(`${name}: expected text in UTF-8, got other bytes`, { cause });
  }
}
