import { BLOCK_ROWS, BLOCK_STRIDE } from './block';

/**
 * Beside each block of float32 there is one of bytes, a quarter as large: for each row a scale (float32 `[32]`) and
 * a radius (float32 `[32]`), and then int8 `[pairs, 32, 2]`, two dimensions at a time. A row is about its bytes times
 * its scale, and no farther from that than its radius.
 */
export const RADII: usize = BLOCK_STRIDE;
export const BYTES: usize = 2 * BLOCK_STRIDE;

/** Bytes of two dimensions. */
export const PAIR_STRIDE: usize = 2 * BLOCK_ROWS;

/** Queries are kept in groups of 4, two dimensions at a time: int16 `[pairs, 4, 2]`. */
export const GROUP: usize = 4;
export const GROUP_STRIDE: usize = GROUP << 2;

/** A last dimension without a second one has a zero beside it. */
export function pairsOf(size: usize): usize {
  return (size + 1) >> 1;
}

export function byteBlockStride(size: usize): usize {
  return BYTES + pairsOf(size) * PAIR_STRIDE;
}
