import { KERNELS } from '#kernels/als-kernels';
import { compileKernels } from './compile-kernels.js';
import type { KernelMemory } from './kernel-memory.js';

const instantiate = compileKernels<AlsKernels>(KERNELS);

/** What `assembly/als.ts` exports; addresses are bytes into the memory. */
export interface AlsKernels {
  solveRows(
    starts: number,
    ends: number,
    rows: number,
    partners: number,
    ratings: number,
    table: number,
    biases: number,
    size: number,
    scale: number,
    shift: number,
    base: number,
    penalties: number,
    gram: number,
    features: number,
    capacity: number,
    edge: number,
    width: number,
    out: number,
    outBiases: number,
  ): number;
  addTableGram(
    table: number,
    rows: number,
    size: number,
    base: number,
    features: number,
    capacity: number,
    edge: number,
    width: number,
  ): void;
}

export function instantiateAlsKernels({ memory }: KernelMemory): AlsKernels {
  return instantiate(memory);
}
