import type { EmbeddingTable } from './embedding-table.js';
import type { ExcludedLists } from './search-arguments.js';
import { BLOCK_ROWS, GROUP, instantiateKernels, type SearchKernels } from './search-kernels.js';
import { layOut, SearchMemory, type SearchLayout } from './search-memory.js';
import type { ScoredItem } from './top-k.js';

/** A copy of a table in WebAssembly's memory, and scans of it. Arguments are checked by the caller. */
export class SearchEngine {
  private readonly rows: number;
  private readonly size: number;
  private readonly blocks: number;
  private readonly layout: SearchLayout;
  private readonly memory: SearchMemory;
  private readonly kernels: SearchKernels;

  constructor({ rows, size, vectors }: EmbeddingTable) {
    this.rows = rows;
    this.size = size;
    this.blocks = Math.ceil(rows / BLOCK_ROWS);
    this.layout = layOut(this.blocks, size);
    this.memory = new SearchMemory(this.layout.heaps);
    this.kernels = instantiateKernels(this.memory.memory);
    this.pack(vectors);
  }

  /** At most 8 queries, with a list of excluded rows for each or for none. */
  scan(queries: Float32Array, k: number, excluded: ExcludedLists): ScoredItem[][] {
    const { blocks, layout, memory, size } = this;
    const kept = Math.min(k, this.rows);
    const count = queries.length / size;
    const stride = 8 + 8 * kept;
    memory.reserve(layout.heaps + count * stride);
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
    const { blocks, layout, memory, rows, size } = this;
    for (let first = 0; first < rows; first += BLOCK_ROWS) {
      const end = Math.min(first + BLOCK_ROWS, rows);
      memory.floats.set(vectors.subarray(first * size, end * size), layout.rows / 4);
      this.kernels.packBlock(layout.rows, end - first, size, layout.table + 4 * first * size);
    }
    // What fills up the last block is no row for any query.
    memory.bytes.fill(255, layout.barred + rows, layout.barred + blocks * BLOCK_ROWS);
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
    const { bytes } = this.memory;
    const { barred } = this.layout;
    for (const list of excluded) {
      for (let place = 0; place < list.length; place++) bytes[barred + list[place]!] = 0;
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
