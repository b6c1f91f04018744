import { ExtensionCodec } from '@msgpack/msgpack';
import type { TypedArray } from '@rl-recsys/random';

/** Their places, from 1, are the types of MessagePack's extensions: add new ones at the end. */
const KINDS = [
  ['Uint8Array', Uint8Array],
  ['Int8Array', Int8Array],
  ['Uint16Array', Uint16Array],
  ['Int16Array', Int16Array],
  ['Uint32Array', Uint32Array],
  ['Int32Array', Int32Array],
  ['Float32Array', Float32Array],
  ['Float64Array', Float64Array],
] as const;

/** Writes typed arrays as they lie in memory, and reads copies: a part of a file may begin at any byte. */
export const TYPED_ARRAYS: ExtensionCodec = new ExtensionCodec();
for (const [index, [name, Kind]] of KINDS.entries()) {
  TYPED_ARRAYS.register({
    type: index + 1,
    encode: (value) =>
      ArrayBuffer.isView(value) && kindOf(value) === name
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : null,
    decode: (bytes) => new Kind(new Uint8Array(bytes).buffer),
  });
}

/** Which {@link TypedArray} it is, of any realm; `undefined` for other views of bytes. */
export function kindOf(value: ArrayBufferView): string | undefined {
  const tag = (value as Partial<TypedArray>)[Symbol.toStringTag];
  return KINDS.find(([name]) => name === tag)?.[0];
}
