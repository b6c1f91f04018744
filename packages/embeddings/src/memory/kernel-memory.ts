const PAGE = 65_536;
const LIMIT = 65_536 * PAGE; // 32-bit addresses

/** A WebAssembly memory that is handed out from the front; views of it hold until the next allocation. */
export class KernelMemory {
  readonly memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 1, maximum: LIMIT / PAGE });
  /** Where the next allocation begins. */
  private end = 0;

  /** @param what - the argument that is kept in it, for the error. */
  constructor(private readonly what: string) {}

  /**
   * @returns the address, a multiple of 64.
   * @throws RangeError where all together takes more than 4 GiB, or than there is.
   */
  allocate(bytes: number): number {
    const address = this.end;
    const end = address + Math.ceil(bytes / 64) * 64; // cache lines
    if (end > LIMIT) {
      throw new RangeError(
        `${this.what}: expected what takes at most 4 GiB (${LIMIT} bytes), got at least ${end} bytes`,
      );
    }
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    this.end = end;
    return address;
  }

  /** Runs a function, and then takes back what it allocated. */
  whileAllocated<Result>(run: () => Result): Result {
    const { end } = this;
    try {
      return run();
    } finally {
      this.end = end;
    }
  }

  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, address, length);
  }

  integers(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, address, length);
  }
}
