import { bytesOf, textOf } from './text/utf8.js';

const firstSlots = 1 << 12;

/** Whole numbers below this have their index in a table. */
const tabled = 1 << 24;

const zero = 48;

/**
 * Dense indices 0, 1, 2, … for ids given as UTF-8 bytes, in the order in which they are first met.
 *
 * What is written as a whole number below 2²⁴ is found in a table by that number, which is one read of memory; anything
 * else in a hash table with open addressing over one pool of bytes. A lookup makes no string, and an id costs its bytes
 * and about 20 more, or 4 for each number up to the largest.
 */
export class ByteIds {
  private count = 0;
  /** By number: its index + 1, or 0. */
  private ofNumbers = new Int32Array(firstSlots);
  /** How many are in the slots. */
  private hashed = 0;
  /** By slot: an index, or −1. Never more than half full. */
  private slots = new Int32Array(firstSlots).fill(-1);
  /** By index; of a number it is 0. */
  private hashes = new Int32Array(firstSlots);
  /** Id i is `pool[starts[i]]` to `pool[starts[i + 1] - 1]`. */
  private starts = new Float64Array(firstSlots + 1);
  private pool = new Uint8Array(16 * firstSlots);

  /** The index of the id in `bytes[start]` to `bytes[end - 1]`, a new one where it was unknown. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const number = numberAt(bytes, start, end);
    if (number < 0) return this.addHashed(bytes, start, end);
    const known = number < this.ofNumbers.length ? this.ofNumbers[number]! : 0;
    return known > 0 ? known - 1 : this.insertNumber(number, bytes.subarray(start, end));
  }

  /** The index of the id that is written so, where it is a whole number below 2²⁴; −1 elsewhere. */
  addNumber(number: number): number {
    const known = this.ofNumbers[number];
    if (known !== undefined && known > 0) return known - 1;
    const isTabled = Number.isInteger(number) && number >= 0 && number < tabled;
    return isTabled ? this.insertNumber(number, bytesOf(String(number))) : -1;
  }

  private addHashed(bytes: Uint8Array, start: number, end: number): number {
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
    const index = this.append(bytes.subarray(start, end));
    this.hashes[index] = hash;
    this.slots[slot] = index;
    this.hashed += 1;
    if (2 * this.hashed >= this.slots.length) this.grow();
    return index;
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

  private insertNumber(number: number, id: Uint8Array): number {
    if (number >= this.ofNumbers.length) {
      this.ofNumbers = longer(this.ofNumbers, new Int32Array(Math.min(tabled, 2 * (number + 1))));
    }
    const index = this.append(id);
    this.ofNumbers[number] = index + 1;
    return index;
  }

  /** Gives an id the next index. */
  private append(id: Uint8Array): number {
    const index = this.count++;
    if (index === this.hashes.length) {
      this.hashes = longer(this.hashes, new Int32Array(2 * index));
      this.starts = longer(this.starts, new Float64Array(2 * index + 1));
    }
    const start = this.starts[index]!;
    const end = start + id.length;
    while (end > this.pool.length) this.pool = longer(this.pool, new Uint8Array(2 * this.pool.length));
    this.pool.set(id, start);
    this.starts[index + 1] = end;
    return index;
  }

  private grow(): void {
    const size = 2 * this.slots.length;
    const old = this.slots;
    this.slots = new Int32Array(size).fill(-1);
    for (const index of old) {
      if (index < 0) continue;
      let slot = this.hashes[index]! & (size - 1);
      while (this.slots[slot]! >= 0) slot = (slot + 1) & (size - 1);
      this.slots[slot] = index;
    }
  }
}

/** The whole number below 2²⁴ that bytes write without a zero in front, so that each has one text; −1 where they don't. */
function numberAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 8 || end === start || (bytes[start] === zero && end - start > 1)) return -1;
  let number = 0;
  for (let place = start; place < end; place++) {
    const digit = bytes[place]! - zero;
    if (digit < 0 || digit > 9) return -1;
    number = 10 * number + digit;
  }
  return number < tabled ? number : -1;
}

function longer<T extends Uint8Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
