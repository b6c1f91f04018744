import type { KernelMemory } from '../memory/kernel-memory.js';
import { instantiatePanelKernels, type PanelKernels } from '../memory/panel-kernels.js';
import { PANEL, type DenseMatrix } from './dense-matrix.js';
import { inverseFactor } from './inverse-factor.js';

/** Rows that are swept at once: the depth of the products. */
const BLOCK = 128;
/** Panels on the left of a product at once: with a block's depth they stay in the second cache. */
const LEFT_PANELS = 32;

/**
 * Sweeps a symmetric matrix block of rows by block, of which it reads and writes what is right of the diagonal and on it.
 *
 * With [[D, R], [Rᵀ, E]], D = UᵀU, W = U⁻¹ and T = WᵀR a sweep of D makes [[−WWᵀ, WT], [·, E − TᵀT]] of it; R is all of
 * the block's row but D, left of the diagonal too, and E all other rows and columns. When every block was swept, minus the
 * inverse is in the matrix's place. See "A tutorial on the SWEEP operator", Goodnight 1979.
 */
export class BlockSweep {
  private readonly kernels: PanelKernels;
  private readonly panels: number;
  private readonly stride: number;
  private readonly edge: number;
  /** W, as it is and as panels of its columns and of its rows. */
  private readonly factor: number;
  private readonly factorColumns: number;
  private readonly factorRows: number;
  /** R and T as panels of columns, with zeros in the place of D: a sweep leaves the block's own row and column alone. */
  private readonly row: number;
  private readonly reduced: number;
  private readonly diagonal: Float32Array;
  private first = 0;
  private depth = 0;

  constructor(
    private readonly memory: KernelMemory,
    private readonly matrix: DenseMatrix,
  ) {
    this.kernels = instantiatePanelKernels(memory);
    this.panels = matrix.rows / PANEL;
    this.stride = 4 * matrix.stride;
    this.edge = memory.allocate(128);
    this.factor = memory.allocate(4 * BLOCK * BLOCK);
    this.factorColumns = memory.allocate(4 * BLOCK * BLOCK);
    this.factorRows = memory.allocate(4 * BLOCK * BLOCK);
    this.row = memory.allocate(4 * BLOCK * matrix.rows);
    this.reduced = memory.allocate(4 * BLOCK * matrix.rows);
    this.diagonal = matrix.diagonal();
  }

  /** The first rows of the blocks. */
  *blocks(): Generator<number> {
    for (let first = 0; first < this.matrix.rows; first += BLOCK) yield first;
  }

  /** The first panels of the parts that {@link BlockSweep.reduce} takes. */
  *parts(): Generator<number> {
    for (let panel = 0; panel < this.panels; panel += LEFT_PANELS) yield panel;
  }

  /** Makes T. @returns −1, or the row whose pivot is lost in rounding. */
  begin(first: number): number {
    const { kernels, matrix, memory, panels, stride, row, reduced, factor, factorColumns } = this;
    const depth = Math.min(BLOCK, matrix.rows - first);
    [this.first, this.depth] = [first, depth];
    const inverse = inverseFactor(matrix.block(first, depth), this.diagonal.subarray(first, first + depth));
    if (typeof inverse === 'number') return first + inverse;
    memory.floats(factor, depth * depth).set(inverse);
    const own = depth / PANEL;
    kernels.packColumns(factor, 4 * depth, depth, own, factorColumns);
    kernels.packRows(factor, 4 * depth, depth, own, this.factorRows);

    const before = first / PANEL;
    const after = before + own;
    kernels.packRows(matrix.at(0, first), stride, depth, before, row);
    memory.floats(this.panel(row, before), depth * depth).fill(0);
    const next = first + depth;
    kernels.packColumns(matrix.at(first, next), stride, depth, panels - after, this.panel(row, after));

    memory.floats(reduced, depth * matrix.rows).fill(0);
    const step = this.panel(0, 1);
    // prettier-ignore
    kernels.addPanelProducts(
      factorColumns, own, row, panels, depth, reduced, 4 * PANEL, step, false, false, this.edge,
    );
    return -1;
  }

  /** Takes TᵀT from the rows of some panels from `left` on. */
  reduce(left: number): void {
    const from = this.panel(this.reduced, left);
    const count = Math.min(LEFT_PANELS, this.panels - left);
    this.add(from, count, from, this.panels - left, PANEL * left, PANEL * left, true, true);
  }

  /** Writes the block's own row and column. */
  end(): void {
    const { matrix, panels, first, depth, factorRows, reduced } = this;
    const own = depth / PANEL;
    const before = first / PANEL;
    const after = before + own;
    matrix.clear(first, depth, first, matrix.rows - first);
    matrix.clear(0, first, first, depth);
    this.add(reduced, before, factorRows, own, 0, first, false, false);
    this.add(factorRows, own, factorRows, own, first, first, true, true);
    this.add(factorRows, own, this.panel(reduced, after), panels - after, first, first + depth, false, false);
  }

  /** The address of a panel. */
  private panel(address: number, panel: number): number {
    return address + 4 * PANEL * this.depth * panel;
  }

  /** Adds a product of panels to the matrix, or takes it away. */
  private add(
    left: number,
    leftPanels: number,
    right: number,
    rightPanels: number,
    row: number,
    column: number,
    negative: boolean,
    triangle: boolean,
  ): void {
    const { kernels, matrix, depth, stride, edge } = this;
    const to = matrix.at(row, column);
    // prettier-ignore
    kernels.addPanelProducts(
      left, leftPanels, right, rightPanels, depth, to, stride, 4 * PANEL, negative, triangle, edge,
    );
  }
}
