import type { KernelMemory } from './kernel-memory.js';
import { instantiateKernels } from './search-kernels.js';

/** What `assembly/panels.ts` exports; addresses are bytes into the memory. */
export interface PanelKernels {
  packColumns(from: number, stride: number, depth: number, panels: number, to: number): void;
  packRows(from: number, stride: number, depth: number, panels: number, to: number): void;
  addPanelProducts(
    left: number,
    leftPanels: number,
    right: number,
    rightPanels: number,
    depth: number,
    to: number,
    stride: number,
    step: number,
    negative: boolean,
    triangle: boolean,
    edge: number,
  ): void;
}

export function instantiatePanelKernels({ memory }: KernelMemory): PanelKernels {
  return instantiateKernels(memory) as unknown as PanelKernels;
}
