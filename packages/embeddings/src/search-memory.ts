import { BLOCK_ROWS, SCAN_QUERIES } from './search-kernels.js';

const PAGE = 65_536;
/** As much as a memory can be. */
export const LIMIT: number = 65_536 * PAGE; // 32-bit addresses

/** Where a search keeps what, in bytes from the memory's start. */
export interface SearchLayout {
  /** float32 `[8, 32]`: a block's scores for each query of a scan. */
  readonly scores: number;
  /** float32 `[2, size, 4]`: the queries of a scan, in groups of 4. */
  readonly queries: number;
  /** float32 `[32, size]`: rows on their way into a block. */
  readonly rows: number;
  /** uint8 `[blocks · 32]`: bit q of a row's byte bars it from query q; all bits where there is no such row. */
  readonly barred: number;
  /** float32 `[blocks, size, 32]` */
  readonly table: number;
  /** The heaps of the best rows: last, because they grow. */
  readonly heaps: number;
}

export function layOut(blocks: number, size: number): SearchLayout {
  let end = 0;
  const take = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 64) * 64; // cache lines
    return start;
  };
  return {
    scores: take(4 * SCAN_QUERIES * BLOCK_ROWS),
    queries: take(4 * SCAN_QUERIES * size),
    rows: take(4 * BLOCK_ROWS * size),
    barred: take(blocks * BLOCK_ROWS),
    table: take(4 * blocks * BLOCK_ROWS * size),
    heaps: end,
  };
}

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
