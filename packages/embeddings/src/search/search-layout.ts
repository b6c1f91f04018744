import { BLOCK_ROWS, FACTORS, SCAN_QUERIES, STRETCH } from '../memory/search-kernels.js';

/** Where a search keeps what, in bytes from the memory's start. */
export interface SearchLayout {
  /** int32 `[8, 32]`: a block's scores by bytes for each query of a scan. */
  readonly scores: number;
  /** float32 `[8, size]`: the queries of a scan. */
  readonly queries: number;
  /** int16 `[2, pairs, 4, 2]`: the queries in whole steps, in groups of 4, two dimensions at a time. */
  readonly steps: number;
  /** float32 `[8, 4]`: what `quantizeQueries` says of each. */
  readonly factors: number;
  /** float32 `[8, rows of a stretch]`, less where a scan has fewer queries or rows: what scores are at least. */
  readonly lows: number;
  /** The same for what they are at most. */
  readonly highs: number;
  /** float32 `[8]` and int32 `[rows of a stretch + 8]`: scores of rows, and which rows may be among the best. */
  readonly room: number;
  /** uint8 `[blocks · 32]`: bit q of a row's byte bars it from query q; all bits where there is no such row. */
  readonly barred: number;
  /** float32 `[blocks · 32, size]` */
  readonly table: number;
  /** `[blocks, byteBlockStride]`: the table once more, as `assembly/byte-block.ts` describes it. */
  readonly bytes: number;
  /** The heaps of the best rows: last, because they grow. */
  readonly heaps: number;
}

/** How many pairs of dimensions there are; a last one alone has a zero beside it. */
export function pairsOf(size: number): number {
  return Math.ceil(size / 2);
}

/** Bytes of a block of bytes: of 32 rows scales and radii in float32, and int8. */
export function byteBlockStride(size: number): number {
  return 2 * 4 * BLOCK_ROWS + 2 * pairsOf(size) * BLOCK_ROWS;
}

export function layOut(blocks: number, size: number): SearchLayout {
  let end = 0;
  const take = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 64) * 64; // cache lines
    return start;
  };
  const stretch = Math.min(blocks, STRETCH) * BLOCK_ROWS;
  return {
    scores: take(4 * SCAN_QUERIES * BLOCK_ROWS),
    queries: take(4 * SCAN_QUERIES * size),
    steps: take(4 * SCAN_QUERIES * pairsOf(size)),
    factors: take(4 * SCAN_QUERIES * FACTORS),
    lows: take(4 * SCAN_QUERIES * stretch),
    highs: take(4 * SCAN_QUERIES * stretch),
    room: take(4 * (8 + stretch + 8)),
    barred: take(blocks * BLOCK_ROWS),
    table: take(4 * blocks * BLOCK_ROWS * size),
    bytes: take(blocks * byteBlockStride(size)),
    heaps: end,
  };
}
