import type { FitWork } from '../fit/fit-control.js';
import type { KernelMemory } from '../memory/kernel-memory.js';
import { PANEL, type DenseMatrix } from './dense-matrix.js';
import { instantiatePanelKernels } from '../memory/panel-kernels.js';

/** Rows and columns of A that are taken at once. */
const BLOCK = 128;
/** Columns of C that are. */
const STRIP = 512;

/** Puts −A C in the place of C, where A is symmetric and of the same size: strips of columns, which C is copied by. */
export async function multiplyNegated(
  memory: KernelMemory,
  symmetric: DenseMatrix,
  matrix: DenseMatrix,
  work: FitWork,
): Promise<void> {
  const { rows } = matrix;
  const kernels = instantiatePanelKernels(memory);
  const edge = memory.allocate(128);
  const block = memory.allocate(4 * BLOCK * BLOCK);
  const strip = memory.allocate(4 * STRIP * rows);
  const stride = 4 * matrix.stride;
  for (let column = 0; column < rows; column += STRIP) {
    const columns = Math.min(STRIP, rows - column);
    forBlocks(rows, (k, depth) => {
      kernels.packColumns(matrix.at(k, column), stride, depth, columns / PANEL, strip + 4 * k * columns);
    });
    matrix.clear(0, rows, column, columns);
    for (let row = 0; row < rows; row += BLOCK) {
      const panels = Math.min(BLOCK, rows - row) / PANEL;
      forBlocks(rows, (k, depth) => {
        kernels.packColumns(symmetric.at(k, row), stride, depth, panels, block);
        const [right, to] = [strip + 4 * k * columns, matrix.at(row, column)];
        // prettier-ignore
        kernels.addPanelProducts(block, panels, right, columns / PANEL, depth, to, stride, 4 * PANEL, true, false, edge);
      });
      await work.reach((column + (columns * row) / rows) / rows);
    }
  }
  await work.reach(1);
}

function forBlocks(rows: number, run: (first: number, depth: number) => void): void {
  for (let first = 0; first < rows; first += BLOCK) run(first, Math.min(BLOCK, rows - first));
}
