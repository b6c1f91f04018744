import type { EmbeddingTable } from '../embedding-table.js';

const { fround } = Math;

/** Vectors by item, row by row, in room that grows by half. Arguments are checked by the caller. */
export class ItemVectors {
  private readonly size: number;
  private vectors: Float32Array;
  private present: Uint8Array;
  private rowCount: number;
  private presentCount: number;

  /** Copies the table, whose rows are the items 0 to rows − 1. */
  constructor({ rows, size, vectors }: EmbeddingTable) {
    this.size = size;
    this.vectors = vectors.slice();
    this.present = new Uint8Array(rows).fill(1);
    this.rowCount = rows;
    this.presentCount = rows;
  }

  /** One more than the largest item that there ever was. */
  get rows(): number {
    return this.rowCount;
  }

  get count(): number {
    return this.presentCount;
  }

  has(item: number): boolean {
    return this.present[item] === 1;
  }

  /** @throws RangeError where there is not as much memory. */
  write(item: number, vector: Float32Array): void {
    this.reserve(item + 1);
    this.rowCount = Math.max(this.rowCount, item + 1);
    if (!this.has(item)) this.presentCount++;
    this.present[item] = 1;
    this.vectors.set(vector, item * this.size);
  }

  erase(item: number): void {
    if (!this.has(item)) return;
    this.present[item] = 0;
    this.presentCount--;
  }

  /** Added up in float32, dimension after dimension, as the exact search does it. */
  score(item: number, query: Float32Array): number {
    const { size, vectors } = this;
    const start = item * size;
    let sum = fround(0);
    for (let place = 0; place < size; place++) {
      sum = fround(sum + fround(vectors[start + place]! * query[place]!));
    }
    return sum;
  }

  /** Makes room before anything is written: a lack of memory leaves all as it was. */
  reserve(rows: number): void {
    if (rows <= this.present.length) return;
    const room = Math.max(rows, Math.ceil(1.5 * this.present.length));
    const vectors = new Float32Array(room * this.size);
    vectors.set(this.vectors);
    const present = new Uint8Array(room);
    present.set(this.present);
    this.vectors = vectors;
    this.present = present;
  }
}
