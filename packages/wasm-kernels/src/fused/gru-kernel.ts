import type { Room } from './room.js';

/** How much a gated recurrent unit reads. */
export interface GruSizes {
  /** How many steps. */
  readonly length: number;
  readonly batch: number;
  /** A multiple of four. */
  readonly units: number;
}

/** Where the steps of a gated recurrent unit lie, each of `batch` rows: one after the other, the oldest first. */
export interface GruSteps {
  /** h: `[length, batch, units]` */
  readonly states: number;
  /** z and r: `[length, batch, 2 · units]` */
  readonly gates: number;
  /** c: `[length, batch, units]` */
  readonly candidates: number;
}

/** A recurrent kernel's columns `[units, 3 · units]`, which lie side by side, apart: as matrices of their own. */
export class GruKernel {
  /** `[units, 2 · units]` */
  readonly gates: number;
  /** `[units, units]` */
  readonly candidate: number;

  constructor(
    private readonly room: Room,
    private readonly units: number,
  ) {
    this.gates = room.take(2 * units * units);
    this.candidate = room.take(units * units);
  }

  /** Reads them from a kernel. */
  split(kernel: number): void {
    const { units, gates, candidate } = this;
    const { exports } = this.room.fast;
    exports.copyColumns(kernel, 12 * units, gates, 8 * units, units, 8 * units);
    exports.copyColumns(kernel + 8 * units, 12 * units, candidate, 4 * units, units, 4 * units);
  }

  /** Writes them to a kernel. */
  join(kernel: number): void {
    const { units, gates, candidate } = this;
    const { exports } = this.room.fast;
    exports.copyColumns(gates, 8 * units, kernel, 12 * units, units, 8 * units);
    exports.copyColumns(candidate, 4 * units, kernel + 8 * units, 12 * units, units, 4 * units);
  }
}
