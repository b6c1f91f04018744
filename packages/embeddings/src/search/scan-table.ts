import type { ExcludedLists } from './search-arguments.js';
import type { SearchTable } from './search-table.js';
import type { ScoredItem } from './top-k.js';

/**
 * The best `k` rows for each of at most 8 queries, with a list of excluded rows for each or for none. Arguments are
 * checked by the caller.
 */
export function scanTable(
  table: SearchTable,
  queries: Float32Array,
  k: number,
  excluded: ExcludedLists,
): ScoredItem[][] {
  const { blocks, kernels, layout, memory, size } = table;
  const count = queries.length / size;
  const kept = Math.min(k, table.count);
  if (kept === 0) return Array.from({ length: count }, () => []);
  const stride = 8 + 8 * kept;
  memory.reserve(layout.heaps + count * stride, 'k');
  memory.floats.set(queries, layout.queries / 4);
  bar(table, excluded);
  const { barred, bytes, factors, heaps, highs, lows, room, scores, steps } = layout;
  // prettier-ignore
  kernels.scan(
    layout.table, bytes, blocks, size, layout.queries, steps, factors, count, barred, scores, lows, highs, room, heaps, stride, kept,
  );
  for (const list of excluded) table.unbar(list);
  return Array.from({ length: count }, (_, query) => read(table, heaps + query * stride));
}

function bar({ layout, memory }: SearchTable, excluded: ExcludedLists): void {
  const { bytes } = memory;
  for (let query = 0; query < excluded.length; query++) {
    const list = excluded[query]!;
    for (let place = 0; place < list.length; place++) bytes[layout.barred + list[place]!]! |= 1 << query;
  }
}

function read({ memory: { floats, integers } }: SearchTable, heap: number): ScoredItem[] {
  const best: ScoredItem[] = [];
  const start = heap / 4 + 2;
  const end = start + 2 * integers[heap / 4]!;
  for (let place = start; place < end; place += 2) {
    best.push({ item: integers[place + 1]!, score: floats[place]! });
  }
  return best;
}
