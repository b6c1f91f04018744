import { textOf } from './text/utf8.js';

const firstSlots = 1 << 12;

/**
 * Dense indices 0, 1, 2, … for ids given as UTF-8 bytes, in the order in which they are first met.
 *
 * A hash table with open addressing over one pool of bytes: a lookup makes no string, and an id costs its
 * bytes and about 20 more.
 */
export class ByteIds {
  private count = 0;
  /** By slot: an index, or −1. Never more than half full. */
  private slots = new Int32Array(firstSlots).fill(-1);
  private hashes = new Int32Array(firstSlots);
  /** Id i is `pool[starts[i]]` to `pool[starts[i + 1] - 1]`. */
  private starts = new Float64Array(firstSlots + 1);
  private pool = new Uint8Array(16 * firstSlots);

  /** The index of the id in `bytes[start]` to `bytes[end - 1]`, a new one where it was unknown. */
  add(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5; // FNV-1a
    for (let place = start; place < end; place++) hash = Math.imul(hash ^ bytes[place]!, 0x01000193);
    hash ^= hash >>> 15; // its low bits alone pick the slot
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const index = this.slots[slot]!;
      if (index < 0) break;
      if (this.hashes[index] === hash && this.isAt(index, bytes, start, end)) return index;
      slot = (slot + 1) & mask;
    }
    return this.insert(slot, hash, bytes.subarray(start, end));
  }

  /** All ids as texts, in the order of their indices. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, index) =>
      textOf(this.pool, this.starts[index], this.starts[index + 1]),
    );
  }

  private isAt(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.starts[index]!;
    if (this.starts[index + 1]! - own !== end - start) return false;
    for (let place = start; place < end; place++) {
      if (this.pool[own + place - start] !== bytes[place]) return false;
    }
    return true;
  }

  private insert(slot: number, hash: number, id: Uint8Array): number {
    const index = this.count++;
    const start = this.starts[index]!;
    const end = start + id.length;
    while (end > this.pool.length) this.pool = twice(this.pool, new Uint8Array(2 * this.pool.length));
    this.pool.set(id, start);
    this.starts[index + 1] = end;
    this.hashes[index] = hash;
    this.slots[slot] = index;
    if (2 * this.count >= this.slots.length) this.grow();
    return index;
  }

  private grow(): void {
    const size = 2 * this.slots.length;
    this.hashes = twice(this.hashes, new Int32Array(size));
    this.starts = twice(this.starts, new Float64Array(size + 1));
    this.slots = new Int32Array(size).fill(-1);
    for (let index = 0; index < this.count; index++) {
      let slot = this.hashes[index]! & (size - 1);
      while (this.slots[slot]! >= 0) slot = (slot + 1) & (size - 1);
      this.slots[slot] = index;
    }
  }
}

function twice<T extends Uint8Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
