import { KERNELS } from '#kernels/search-kernels';
import { compileKernels } from './compile-kernels.js';

/** Rows of a block, `BLOCK_ROWS` of `assembly/block.ts`. */
export const BLOCK_ROWS = 32;

/** Queries of one scan: a byte has a bit for each. */
export const SCAN_QUERIES = 8;

/** Blocks that are screened at once, `STRETCH` of `assembly/scan.ts`. */
export const STRETCH = 128;

/** Numbers that are known of each query, `FACTORS_STRIDE` of `assembly/quantize-query.ts`. */
export const FACTORS = 4;

/** What `assembly/search-kernels.ts` exports; addresses are bytes into the memory. */
export interface SearchKernels {
  packBlock(rows: number, count: number, size: number, block: number): void;
  quantizeRow(row: number, size: number, bytes: number, lane: number): void;
  scan(
    table: number,
    bytes: number,
    blocks: number,
    size: number,
    queries: number,
    steps: number,
    factors: number,
    count: number,
    barred: number,
    scores: number,
    lows: number,
    highs: number,
    room: number,
    heaps: number,
    heapStride: number,
    k: number,
  ): void;
  scoreAll(table: number, blocks: number, size: number, queries: number, count: number, scores: number): void;
}

/** The kernels over a memory of their own. */
export const instantiateKernels: (memory: WebAssembly.Memory) => SearchKernels = compileKernels(KERNELS);
