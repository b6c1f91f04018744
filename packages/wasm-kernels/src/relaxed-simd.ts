import { nodeBuiltin } from './node-builtin.js';

/** A module of one function that fuses a multiplication and an addition (f32x4.relaxed_madd). */
const PROBE: Uint8Array<ArrayBuffer> = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // one type: () → v128
  ...[0x03, 0x02, 0x01, 0x00], // one function
  ...[0x0a, 0x13, 0x01, 0x11, 0x00], // its body
  ...[0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f], // three i8x16.splat(0)
  ...[0xfd, 0x85, 0x02, 0x0b],
);

/** Whether the engine has relaxed SIMD. V8 before 11.4 (Node 20) has it behind a flag, which is set here. */
export function hasRelaxedSimd(): boolean {
  if (WebAssembly.validate(PROBE)) return true;
  const v8 = nodeBuiltin<{ setFlagsFromString(flag: string): void }>('node:v8');
  v8?.setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(PROBE);
}
