import type { KernelExports } from './kernel-exports.js';

/** Links kernels to a memory, without a fetch. */
export async function link(base64: string, memory: WebAssembly.Memory): Promise<KernelExports> {
  const instance = await WebAssembly.instantiate(await compile(base64, memory), { env: { memory } });
  return instance.exports as unknown as KernelExports;
}

/** Compiles kernels for a memory and others of its kind. */
export async function compile(base64: string, memory: WebAssembly.Memory): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  // By its name, since it may come from another realm.
  const isShared = Object.prototype.toString.call(memory.buffer) === '[object SharedArrayBuffer]';
  if (isShared) declareSharedMemory(bytes);
  return WebAssembly.compile(bytes);
}

/**
 * Changes the declaration of the imported memory from "has a maximum" to "has a maximum and is shared",
 * which the threaded build of the backend asks for. The code is the same: it uses no threads.
 */
function declareSharedMemory(bytes: Uint8Array): void {
  const name = [...'memory'].map((character) => character.charCodeAt(0));
  const start = bytes.findIndex((_, place) => name.every((code, offset) => bytes[place + offset] === code));
  const [kind, limits] = [start + name.length, start + name.length + 1];
  if (start < 0 || bytes[kind] !== 0x02 || bytes[limits] !== 0x01) {
    throw new Error('the kernels do not import a memory with a maximum');
  }
  bytes[limits] = 0x03;
}
