import type { EmbeddingTable } from './embedding-table.js';
import type { ExcludedLists } from './search-arguments.js';
import { BLOCK_ROWS, GROUP, instantiateKernels, type SearchKernels } from './search-kernels.js';
import { layOut, LIMIT, SearchMemory, type SearchLayout } from './search-memory.js';
import type { ScoredItem } from './top-k.js';

const ABSENT = 255; // barred from all queries

/** A copy of a table in WebAssembly's memory, and scans of it. Arguments are checked by the caller. */
export class SearchEngine {
  private readonly size: number;
  private readonly memory: SearchMemory;
  private readonly kernels: SearchKernels;
  private layout: SearchLayout;
  private rowCount: number;
  private presentCount: number;
  /** For each row that there is room for, 0 or `ABSENT`: what `barred` is between scans. */
  private absent: Uint8Array;

  constructor({ rows, size, vectors }: EmbeddingTable) {
    const blocks = Math.ceil(rows / BLOCK_ROWS);
    this.size = size;
    this.rowCount = rows;
    this.presentCount = rows;
    this.layout = layOut(blocks, size);
    this.memory = new SearchMemory(this.layout.heaps);
    this.kernels = instantiateKernels(this.memory.memory);
    this.absent = new Uint8Array(blocks * BLOCK_ROWS).fill(ABSENT, rows);
    this.pack(vectors);
  }

  /** One more than the largest row that there ever was. */
  get rows(): number {
    return this.rowCount;
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

  /** At most 8 queries, with a list of excluded rows for each or for none. */
  scan(queries: Float32Array, k: number, excluded: ExcludedLists): ScoredItem[][] {
    const { layout, memory, size } = this;
    const blocks = Math.ceil(this.rowCount / BLOCK_ROWS);
    const kept = Math.min(k, this.presentCount);
    if (kept === 0) return Array.from({ length: queries.length / size }, () => []);
    const count = queries.length / size;
    const stride = 8 + 8 * kept;
    memory.reserve(layout.heaps + count * stride, 'k');
    this.load(queries);
    this.bar(excluded);
    // prettier-ignore
    this.kernels.scan(
      layout.table, blocks, size, layout.queries, count, layout.barred, layout.scores, layout.heaps, stride, kept,
    );
    this.unbar(excluded);
    const found: ScoredItem[][] = [];
    for (let query = 0; query < count; query++) found.push(this.read(layout.heaps + query * stride));
    return found;
  }

  private pack(vectors: Float32Array): void {
    const { absent, layout, memory, rowCount, size } = this;
    for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
      const end = Math.min(first + BLOCK_ROWS, rowCount);
      memory.floats.set(vectors.subarray(first * size, end * size), layout.rows / 4);
      this.kernels.packBlock(layout.rows, end - first, size, layout.table + 4 * first * size);
    }
    memory.bytes.set(absent, layout.barred);
  }

  /** Makes room for so many rows, and empties the blocks that come into use: no scan looks twice at what was there. */
  private extend(rows: number): void {
    const { rowCount, size } = this;
    const [before, after] = [rowCount, rows].map((each) => Math.ceil(each / BLOCK_ROWS)) as [number, number];
    if (after * BLOCK_ROWS > this.absent.length) this.move(after);
    const { table } = this.layout;
    const blockBytes = 4 * BLOCK_ROWS * size;
    this.memory.bytes.fill(0, table + before * blockBytes, table + after * blockBytes);
    this.rowCount = rows;
  }

  /** Half as much room again, so that adding row after row moves each one but a few times. */
  private move(blocks: number): void {
    const { absent, layout, memory, rowCount, size } = this;
    const generous = Math.max(blocks, Math.ceil((1.5 * absent.length) / BLOCK_ROWS));
    const roomBlocks = layOut(generous, size).heaps <= LIMIT ? generous : blocks;
    const larger = layOut(roomBlocks, size);
    memory.reserve(larger.heaps, 'item');
    const room = new Uint8Array(roomBlocks * BLOCK_ROWS).fill(ABSENT);
    room.set(absent);
    const used = 4 * Math.ceil(rowCount / BLOCK_ROWS) * BLOCK_ROWS * size;
    memory.bytes.copyWithin(larger.table, layout.table, layout.table + used);
    memory.bytes.set(room, larger.barred);
    this.layout = larger;
    this.absent = room;
  }

  private mark(row: number, value: number): void {
    this.absent[row] = value;
    this.memory.bytes[this.layout.barred + row] = value;
  }

  private store(row: number, vector: Float32Array): void {
    const { floats } = this.memory;
    const lane = row % BLOCK_ROWS;
    let to = this.layout.table / 4 + (row - lane) * this.size + lane;
    for (let place = 0; place < vector.length; place++, to += BLOCK_ROWS) floats[to] = vector[place]!;
  }

  private load(queries: Float32Array): void {
    const { size } = this;
    const { floats } = this.memory;
    for (let place = 0, query = 0; place < queries.length; query++) {
      const lane = query % GROUP;
      let to = this.layout.queries / 4 + (query - lane) * size + lane;
      for (const end = place + size; place < end; place++, to += GROUP) floats[to] = queries[place]!;
    }
  }

  private bar(excluded: ExcludedLists): void {
    const { bytes } = this.memory;
    const { barred } = this.layout;
    for (let query = 0; query < excluded.length; query++) {
      const list = excluded[query]!;
      for (let place = 0; place < list.length; place++) bytes[barred + list[place]!]! |= 1 << query;
    }
  }

  private unbar(excluded: ExcludedLists): void {
    const { absent } = this;
    const { bytes } = this.memory;
    const { barred } = this.layout;
    for (const list of excluded) {
      for (let place = 0; place < list.length; place++) {
        const row = list[place]!;
        bytes[barred + row] = absent[row]!;
      }
    }
  }

  private read(heap: number): ScoredItem[] {
    const { floats, integers } = this.memory;
    const best: ScoredItem[] = [];
    const start = heap / 4 + 2;
    const end = start + 2 * integers[heap / 4]!;
    for (let place = start; place < end; place += 2) {
      best.push({ item: integers[place + 1]!, score: floats[place]! });
    }
    return best;
  }
}
