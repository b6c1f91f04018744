import type { FastKernels } from '../fast-kernels.js';

/** Room that parts of an update by hand reserve once, and that is given back together. */
export class Room {
  private addresses: number[] = [];

  constructor(
    /** The kernels in whose memory it lies. */
    readonly fast: FastKernels,
  ) {}

  /** The address of room for `length` numbers of 4 bytes, whatever they are at first. */
  take(length: number): number {
    const address = this.fast.allocate(length);
    this.addresses.push(address);
    return address;
  }

  /** The address of room that holds `values`. */
  hold(values: Float32Array | Int32Array): number {
    const address = this.take(values.length);
    const to =
      values instanceof Int32Array
        ? this.fast.integers(address, values.length)
        : this.fast.floats(address, values.length);
    to.set(values);
    return address;
  }

  /** Gives all of it back; safe to call twice, when it may be somebody else's. */
  free(): void {
    for (const address of this.addresses.splice(0)) this.fast.free(address);
  }
}
