/** What is used of `node:buffer`: several times as fast there as what pages have too. */
interface NodeBuffers {
  readonly Buffer: {
    from(buffer: ArrayBufferLike, start: number, length: number): { toString(): string };
  };
  isUtf8(bytes: Uint8Array): boolean;
}

interface NodeProcess {
  getBuiltinModule?(name: string): unknown;
}

const inNode = (globalThis as { readonly process?: NodeProcess }).process?.getBuiltinModule?.(
  'node:buffer',
) as NodeBuffers | undefined;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** The text in `bytes[start]` to `bytes[end - 1]`; what is no UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  if (!inNode) return decoder.decode(bytes.subarray(start, end));
  return inNode.Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
}

/** A text as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Writes a text as UTF-8 to the beginning of `target`, and returns how many bytes it takes. */
export function writeText(text: string, target: Uint8Array): number {
  return encoder.encodeInto(text, target).written;
}

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  if (inNode) return inNode.isUtf8(bytes);
  try {
    strictDecoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** One array of the bytes of several. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    joined.set(part, place);
    place += part.length;
  }
  return joined;
}
