import { InnerProductSearch, type EmbeddingTable } from '@rl-recsys/embeddings/search';
import type { Recommendation } from './recommend.js';

/** The whole catalogue, searched by action; what a search needs is made when it is first asked for. */
export class Catalogue {
  private search: InnerProductSearch | undefined;

  /** @param items - must not change once it has been searched. */
  constructor(private readonly items: EmbeddingTable) {}

  /** The best `k` items for an action `[k]`, without those `seen`; of equal ones the lower index first. */
  topK(action: Float32Array, k: number, seen: ArrayLike<number> = []): Recommendation[] {
    return this.open().topK(action, k, { excluded: seen });
  }

  /** {@link Catalogue.topK} for several actions `[users, k]`. */
  topKBatch(actions: Float32Array, k: number, seen?: ReadonlyArray<ArrayLike<number>>): Recommendation[][] {
    return this.open().topKBatch(actions, k, seen ? { excluded: seen } : {});
  }

  private open(): InnerProductSearch {
    this.search ??= new InnerProductSearch(this.items);
    return this.search;
  }
}
