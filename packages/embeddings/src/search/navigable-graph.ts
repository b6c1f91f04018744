import { createRequire } from 'node:module';
import type { Index } from 'usearch';

/** How a graph is made. */
export interface GraphOptions {
  readonly size: number;
  readonly connectivity: number;
  readonly constructionCandidates: number;
  readonly threads: number;
}

/**
 * A hierarchical navigable small world graph by usearch: Malkov and Yashunin, "Efficient and robust approximate
 * nearest neighbor search using hierarchical navigable small world graphs", 2018.
 */
export class NavigableGraph {
  private readonly index: Index;
  private readonly threads: number;

  /** @throws Error where usearch is not installed. */
  constructor({ size, connectivity, constructionCandidates, threads }: GraphOptions) {
    const { Index, MetricKind, ScalarKind } = loadUsearch();
    this.threads = threads;
    this.index = new Index({
      dimensions: size,
      metric: MetricKind.IP,
      quantization: ScalarKind.BF16,
      connectivity,
      expansion_add: constructionCandidates,
      expansion_search: 1, // as many as are asked for
      multi: false,
    });
  }

  /** @param vectors - float32 `[items, size]` */
  add(items: Int32Array, vectors: Float32Array): void {
    this.index.add(BigUint64Array.from(items, BigInt), vectors, this.threads);
  }

  remove(item: number): void {
    this.index.remove(BigInt(item));
  }

  /** About the `k` best items for one query, in no order that counts. */
  search(query: Float32Array, k: number): BigUint64Array {
    return this.index.search(query, k, 1).keys;
  }
}

function loadUsearch(): typeof import('usearch') {
  try {
    return createRequire(import.meta.url)('usearch') as typeof import('usearch');
  } catch (cause) {
    throw new Error(
      'usearch: expected it to be installed (npm install usearch@2.25), and to have a build for this machine',
      { cause },
    );
  }
}
