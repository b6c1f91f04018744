/** In the scratch memory of a matrix product: before the panels, of all panels, and of a row of one. */
const [EDGE_BYTES, GROUP_BYTES, PANEL_ROW_BYTES] = [160, 196_608, 32];

/** How much scratch memory a matrix product of a depth needs; a multiple of 32. */
export function scratchBytes(depth: number): number {
  return EDGE_BYTES + Math.max(GROUP_BYTES, PANEL_ROW_BYTES * depth);
}
