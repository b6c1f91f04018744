import type { EmbeddingTable } from '../embedding-table.js';
import { BLOCK_ROWS, instantiateKernels, type SearchKernels } from '../memory/search-kernels.js';
import { byteBlockStride, layOut, type SearchLayout } from './search-layout.js';
import { LIMIT, SearchMemory } from '../memory/search-memory.js';

const ABSENT = 255; // barred from all queries

/** A copy of a table in WebAssembly's memory, in float32 and in bytes, whose rows come and go. */
export class SearchTable {
  readonly size: number;
  readonly memory: SearchMemory;
  readonly kernels: SearchKernels;
  private places: SearchLayout;
  private rowCount: number;
  private presentCount: number;
  /** For each row that there is room for, 0 or `ABSENT`: what `barred` is between scans. */
  private absent: Uint8Array;

  constructor({ rows, size, vectors }: EmbeddingTable) {
    const blocks = Math.ceil(rows / BLOCK_ROWS);
    this.size = size;
    this.rowCount = rows;
    this.presentCount = rows;
    this.places = layOut(blocks, size);
    this.memory = new SearchMemory(this.places.heaps);
    this.kernels = instantiateKernels(this.memory.memory);
    this.absent = new Uint8Array(blocks * BLOCK_ROWS).fill(ABSENT, rows);
    this.pack(vectors);
  }

  /** Where things are until the next `write`. */
  get layout(): SearchLayout {
    return this.places;
  }

  /** One more than the largest row that there ever was. */
  get rows(): number {
    return this.rowCount;
  }

  /** How many blocks the rows take. */
  get blocks(): number {
    return Math.ceil(this.rowCount / BLOCK_ROWS);
  }

  /** How many rows there are, without those that were removed. */
  get count(): number {
    return this.presentCount;
  }

  has(row: number): boolean {
    return this.absent[row] === 0;
  }

  /** Adds or replaces a row; those before it that are new are absent. */
  write(row: number, vector: Float32Array): void {
    if (row >= this.rowCount) this.extend(row + 1);
    if (!this.has(row)) {
      this.presentCount++;
      this.mark(row, 0);
    }
    this.store(row, vector);
  }

  /** @returns whether there was one. */
  erase(row: number): boolean {
    if (!this.has(row)) return false;
    this.presentCount--;
    this.mark(row, ABSENT);
    this.store(row, new Float32Array(this.size)); // no score that is looked at again in each scan
    return true;
  }

  /** Undoes what a query's list barred. */
  unbar(rows: ArrayLike<number>): void {
    const { absent, memory, places } = this;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      memory.bytes[places.barred + row] = absent[row]!;
    }
  }

  private pack(vectors: Float32Array): void {
    const { absent, memory, places, rowCount } = this;
    memory.floats.set(vectors, places.table / 4);
    for (let row = 0; row < rowCount; row++) this.quantize(row);
    memory.bytes.set(absent, places.barred);
  }

  /** Makes room for so many rows, and empties the blocks that come into use: no scan looks twice at what was there. */
  private extend(rows: number): void {
    const { blocks: before, size } = this;
    const after = Math.ceil(rows / BLOCK_ROWS);
    if (after * BLOCK_ROWS > this.absent.length) this.move(after);
    const { bytes, table } = this.places;
    const [blockBytes, byteBytes] = [4 * BLOCK_ROWS * size, byteBlockStride(size)];
    this.memory.bytes.fill(0, table + before * blockBytes, table + after * blockBytes);
    this.memory.bytes.fill(0, bytes + before * byteBytes, bytes + after * byteBytes);
    this.rowCount = rows;
  }

  /** Half as much room again, so that adding row after row moves each one but a few times. */
  private move(blocks: number): void {
    const { absent, blocks: used, memory, places, size } = this;
    const generous = Math.max(blocks, Math.ceil((1.5 * absent.length) / BLOCK_ROWS));
    const roomBlocks = layOut(generous, size).heaps <= LIMIT ? generous : blocks;
    const larger = layOut(roomBlocks, size);
    memory.reserve(larger.heaps, 'item');
    const room = new Uint8Array(roomBlocks * BLOCK_ROWS).fill(ABSENT);
    room.set(absent);
    // The last ones first: all go towards the end, some to where others were.
    memory.bytes.copyWithin(larger.bytes, places.bytes, places.bytes + used * byteBlockStride(size));
    memory.bytes.copyWithin(larger.table, places.table, places.table + used * 4 * BLOCK_ROWS * size);
    memory.bytes.set(room, larger.barred);
    this.places = larger;
    this.absent = room;
  }

  private mark(row: number, value: number): void {
    this.absent[row] = value;
    this.memory.bytes[this.places.barred + row] = value;
  }

  private store(row: number, vector: Float32Array): void {
    this.memory.floats.set(vector, this.places.table / 4 + row * this.size);
    this.quantize(row);
  }

  private quantize(row: number): void {
    const { kernels, places, size } = this;
    const lane = row % BLOCK_ROWS;
    const bytes = places.bytes + ((row - lane) / BLOCK_ROWS) * byteBlockStride(size);
    kernels.quantizeRow(places.table + 4 * row * size, size, bytes, lane);
  }
}
