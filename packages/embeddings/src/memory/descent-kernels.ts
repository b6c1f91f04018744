import { KERNELS } from '#kernels/descent-kernels';
import { compileKernels } from './compile-kernels.js';
import type { KernelMemory } from './kernel-memory.js';

const instantiate = compileKernels<DescentKernels>(KERNELS);

/** What `assembly/descent-kernels.ts` exports; addresses are bytes into the memory. */
export interface DescentKernels {
  descendRatings(
    order: number,
    count: number,
    rowUsers: number,
    rowItems: number,
    ratings: number,
    users: number,
    items: number,
    userBias: number,
    itemBias: number,
    stride: number,
    mean: number,
    rate: number,
    penalty: number,
    biasRate: number,
    biasPenalty: number,
  ): void;
  ascendPreferences(
    order: number,
    count: number,
    rowUsers: number,
    rowItems: number,
    rowOthers: number,
    users: number,
    items: number,
    itemBias: number,
    stride: number,
    rate: number,
    penalty: number,
  ): void;
}

/** The kernels over a memory of their own. */
export function instantiateDescent({ memory }: KernelMemory): DescentKernels {
  return instantiate(memory);
}
