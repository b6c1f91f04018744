import { KERNELS } from '#kernels/panel-kernels';
import { compileKernels } from './compile-kernels.js';
import type { KernelMemory } from './kernel-memory.js';

const instantiate = compileKernels<PanelKernels>(KERNELS);

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
  return instantiate(memory);
}
