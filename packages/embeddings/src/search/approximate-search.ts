import { assertFinite, type EmbeddingTable } from '../embedding-table.js';
import type { ItemIndex } from './item-index.js';
import { ItemVectors } from './item-vectors.js';
import { NavigableGraph } from './navigable-graph.js';
import { assertItem, assertQueries, assertQuery, assertTable, assertVector } from './search-arguments.js';
import { topK, type ScoredItem } from './top-k.js';

/**
 * The graph holds x / ‖x‖^0.4. By plain inner products long vectors are everybody's neighbors, and short ones
 * nobody's, so that no path leads to them; by angles alone, what a query finds must be sorted out of too many.
 */
const NORM_EXPONENT = 0.4;

/** Vectors that go into the graph at once: a copy of them is made. */
const CHUNK = 10_000;

/** How an approximate search is made; the defaults gave the figures in the README. */
export interface ApproximateSearchOptions {
  /**
   * How many items of the graph are scored exactly for a query, beyond twice as many as are asked for or excluded:
   * more are slower and miss less (default 256).
   */
  readonly candidates?: number;
  /** How many neighbors an item has in the graph, the M of the paper (default 16, as usearch has it). */
  readonly connectivity?: number;
  /** How many candidates an added item's neighbors are chosen from, efConstruction (default 128, as usearch has it). */
  readonly constructionCandidates?: number;
  /**
   * How many threads build the graph from the table (default 1). With one, the same vectors added in the same order
   * give the same graph; with more, what is found may differ from run to run.
   */
  readonly threads?: number;
}

/**
 * Search for the items with about the largest inner products with a query, in a graph (HNSW) by usearch: for
 * catalogues beyond a million, where the exact {@link InnerProductSearch} must read too much. It needs Node.js and the
 * package `usearch`, which is native.
 *
 * Scores are exact, added up in float32 as the exact search does it; but an item that belongs among the best may be
 * missing. Everything runs at once and blocks the thread, also the making.
 *
 * The graph goes by inner products, as in Morozov and Babenko, "Non-metric Similarity Graphs for Maximum Inner Product
 * Search", NeurIPS 2018, without a dimension more that makes them distances (Bachrach et al., "Speeding up the Xbox
 * recommender system using a Euclidean transformation for inner-product spaces", RecSys 2014): that found far less, and
 * needs a bound of all norms to come. Norms in the graph are evened out, and its candidates are scored by the true ones.
 */
export class ApproximateSearch implements ItemIndex {
  readonly size: number;
  private readonly candidates: number;
  private readonly graph: NavigableGraph;
  private readonly vectors: ItemVectors;

  /**
   * Copies the table, whose rows are the items 0 to rows − 1. An item takes 4 bytes a number for the copy, 2 for the
   * graph's, and with the default connectivity about 340 for its neighbors.
   *
   * @param table - float32 `[rows, size]`; may have no rows.
   * @throws RangeError where the table's numbers are not rows × size or not finite, or an option is not a positive
   * integer.
   * @throws Error where usearch is not installed.
   */
  constructor(table: EmbeddingTable, options: ApproximateSearchOptions = {}) {
    const { candidates = 256, connectivity = 16, constructionCandidates = 128, threads = 1 } = options;
    assertTable(table);
    assertFinite(table);
    for (const [name, value] of Object.entries({
      candidates,
      connectivity,
      constructionCandidates,
      threads,
    })) {
      if (!Number.isSafeInteger(value) || value < 1) {
        throw new RangeError(`${name}: expected a positive integer, got ${value}`);
      }
    }
    const { rows, size } = table;
    this.size = size;
    this.candidates = candidates;
    this.graph = new NavigableGraph({ size, connectivity, constructionCandidates, threads });
    this.vectors = new ItemVectors(table);
    for (let first = 0; first < rows; first += CHUNK) {
      const end = Math.min(first + CHUNK, rows);
      const items = Int32Array.from({ length: end - first }, (_, place) => first + place);
      this.graph.add(items, evenedOut(table.vectors.subarray(first * size, end * size), size));
    }
  }

  /** One more than the largest item that there ever was. */
  get rows(): number {
    return this.vectors.rows;
  }

  get count(): number {
    return this.vectors.count;
  }

  has(item: number): boolean {
    return this.vectors.has(item);
  }

  /**
   * Adds an item, or gives it another vector, which is copied.
   *
   * @param item - an integer from 0 on; memory goes by the largest.
   * @param vector - float32 `[size]`
   * @throws RangeError where the item is no such integer or is too large for the memory, or the vector has another
   * size or a number that is not finite. Nothing has changed then.
   */
  add(item: number, vector: Float32Array): void {
    assertItem(item);
    assertVector(vector, this.size);
    this.vectors.reserve(item + 1);
    this.remove(item);
    this.graph.add(Int32Array.of(item), evenedOut(vector, this.size));
    this.vectors.write(item, vector);
  }

  /** Takes an item out, and says whether there was one. */
  remove(item: number): boolean {
    if (!this.has(item)) return false;
    this.graph.remove(item);
    this.vectors.erase(item);
    return true;
  }

  /**
   * About the `k` items with the largest inner products, best first; of equal ones the lower item first.
   *
   * Excluded items cost as candidates do. Where candidates would be a tenth of all items, all are scored instead.
   *
   * @param query - float32 `[size]`
   * @param options - `excluded`: items that are not to be returned, in any order, repeated or not, removed or not
   * (default none).
   * @returns `k` items, or all there are where they are fewer, without scores that are not above −∞.
   * @throws RangeError where the query has another size, `k` is not a positive integer, or an excluded item is not
   * below `rows`.
   */
  topK(query: Float32Array, k: number, options: { excluded?: ArrayLike<number> } = {}): ScoredItem[] {
    const { excluded = [] } = options;
    assertQuery(query, this.size, k, excluded, this.rows);
    return this.find(query, k, excluded);
  }

  /**
   * {@link ApproximateSearch.topK} of many queries, one after the other.
   *
   * @param queries - float32 `[batch, size]`; may be empty.
   * @param options - `excluded`: for each query a list of items that are not to be returned (default none).
   * @returns a list for each query, as `topK` gives it.
   * @throws RangeError as `topK` does, and where there is not one list for each query.
   */
  topKBatch(
    queries: Float32Array,
    k: number,
    options: { excluded?: readonly ArrayLike<number>[] } = {},
  ): ScoredItem[][] {
    const { size } = this;
    const batch = assertQueries(queries, size, k, options.excluded, this.rows);
    return Array.from({ length: batch }, (_, query) =>
      this.find(queries.subarray(query * size, (query + 1) * size), k, options.excluded?.[query] ?? []),
    );
  }

  private find(query: Float32Array, k: number, excluded: ArrayLike<number>): ScoredItem[] {
    const { vectors } = this;
    const barred = new Set<number>();
    for (let place = 0; place < excluded.length; place++) {
      if (vectors.has(excluded[place]!)) barred.add(excluded[place]!);
    }
    // At least k are not excluded. Twice as many, as the graph's order is not quite that of the scores.
    const wanted = this.candidates + 2 * (k + barred.size);
    if (wanted < vectors.count / 10 && query.every(Number.isFinite)) {
      const best = this.findInGraph(query, k, wanted, barred);
      if (best.length === k) return best;
    }
    return this.findInAll(query, k, barred); // also where no path of the graph leads to as many
  }

  private findInGraph(
    query: Float32Array,
    k: number,
    wanted: number,
    barred: ReadonlySet<number>,
  ): ScoredItem[] {
    const best: ScoredItem[] = [];
    for (const key of this.graph.search(query, wanted)) {
      const item = Number(key);
      if (barred.has(item)) continue;
      const score = this.vectors.score(item, query);
      let place = best.length;
      while (place > 0 && isBetter(score, item, best[place - 1]!)) place--;
      if (place === k) continue;
      best.splice(place, 0, { item, score });
      if (best.length > k) best.pop();
    }
    return best;
  }

  private findInAll(query: Float32Array, k: number, barred: ReadonlySet<number>): ScoredItem[] {
    const scores = new Float32Array(this.rows).fill(-Infinity);
    for (let item = 0; item < scores.length; item++) {
      if (this.vectors.has(item) && !barred.has(item)) scores[item] = this.vectors.score(item, query);
    }
    return topK(scores, k);
  }
}

function isBetter(score: number, item: number, other: ScoredItem): boolean {
  return score > other.score || (score === other.score && item < other.item);
}

/** @returns float32 `[rows, size]`: x / ‖x‖^0.4; of zeros, zeros. */
function evenedOut(vectors: Float32Array, size: number): Float32Array {
  const even = new Float32Array(vectors.length);
  for (let start = 0; start < vectors.length; start += size) {
    let squares = 0;
    for (let place = start; place < start + size; place++) squares += vectors[place]! ** 2;
    const scale = squares === 0 ? 0 : squares ** (-NORM_EXPONENT / 2);
    for (let place = start; place < start + size; place++) even[place] = scale * vectors[place]!;
  }
  return even;
}
