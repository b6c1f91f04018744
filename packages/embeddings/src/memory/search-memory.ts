const PAGE = 65_536;
/** As much as a memory can be. */
export const LIMIT: number = 65_536 * PAGE; // 32-bit addresses

/** A WebAssembly memory and views of it that hold until it grows. */
export class SearchMemory {
  readonly memory: WebAssembly.Memory;
  bytes!: Uint8Array;
  floats!: Float32Array;
  integers!: Int32Array;

  /** @throws RangeError where there are too many bytes to be addressed, or to be had. */
  constructor(bytes: number) {
    assertAddressable('table', bytes);
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE), maximum: LIMIT / PAGE });
    this.view();
  }

  /**
   * Makes the memory at least so large.
   *
   * @param what - the argument that asks for it, for the error.
   * @throws RangeError where that is too much to be addressed, or to be had.
   */
  reserve(bytes: number, what: string): void {
    const missing = bytes - this.bytes.length;
    if (missing <= 0) return;
    assertAddressable(what, bytes);
    this.memory.grow(Math.ceil(missing / PAGE));
    this.view();
  }

  private view(): void {
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.floats = new Float32Array(buffer);
    this.integers = new Int32Array(buffer);
  }
}

function assertAddressable(name: string, bytes: number): void {
  if (bytes > LIMIT) {
    throw new RangeError(`${name}: expected a search of at most 4 GiB (${LIMIT} bytes), got ${bytes} bytes`);
  }
}
