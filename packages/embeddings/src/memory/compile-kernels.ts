/**
 * How one module of kernels comes over a memory. It is compiled once, when it is first used.
 *
 * @param code - base64; or what a runtime has compiled that lets no program do so.
 */
export function compileKernels<Kernels>(
  code: string | WebAssembly.Module,
): (memory: WebAssembly.Memory) => Kernels {
  let compiled = typeof code === 'string' ? undefined : code;
  return (memory) => {
    compiled ??= new WebAssembly.Module(bytesOf(code as string));
    return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
