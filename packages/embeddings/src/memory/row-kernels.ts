import { KERNELS } from '#kernels/row-kernels';
import { compileKernels } from './compile-kernels.js';
import type { KernelMemory } from './kernel-memory.js';

const instantiate = compileKernels<RowKernels>(KERNELS);

/** What `assembly/add-rows.ts` and `assembly/dot-rows.ts` export; addresses are bytes into the memory. */
export interface RowKernels {
  addRows(matrix: number, columns: number, rows: number, factors: number, count: number, sums: number): void;
  dotRows(matrix: number, size: number, count: number, x: number, out: number): void;
}

export function instantiateRowKernels({ memory }: KernelMemory): RowKernels {
  return instantiate(memory);
}
