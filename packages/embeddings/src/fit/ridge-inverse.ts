import { BlockSweep } from '../dense/block-sweep.js';
import type { DenseMatrix } from '../dense/dense-matrix.js';
import type { KernelMemory } from '../memory/kernel-memory.js';
import type { FitWork } from './fit-control.js';

/**
 * Puts −(G + λ)⁻¹ in the place of a Gram matrix G of items, which is read right of the diagonal and on it.
 *
 * @throws RangeError where λ is so small beside G that it is lost in rounding.
 */
export async function invertRidge(
  memory: KernelMemory,
  gram: DenseMatrix,
  regularization: number,
  work: FitWork,
): Promise<void> {
  gram.addDiagonal(regularization);
  const sweep = new BlockSweep(memory, gram);
  for (const first of sweep.blocks()) {
    const failed = sweep.begin(first);
    if (failed >= 0) {
      throw new RangeError(
        `regularization: expected a penalty that float32 sees beside the ratings of item ${failed}, got ${regularization}`,
      );
    }
    for (const left of sweep.parts()) {
      sweep.reduce(left);
      await work.reach(first / gram.rows);
    }
    sweep.end();
  }
  gram.mirror();
  await work.reach(1);
}
