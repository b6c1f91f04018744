// What ranking needs, and nothing that fits: for pages and servers that only recommend.
export { createEmbeddingTable, vectorOf, type EmbeddingTable } from './embedding-table.js';
export { InnerProducts } from './search/inner-products.js';
export { InnerProductSearch } from './search/inner-product-search.js';
export type { ItemIndex } from './search/item-index.js';
export { topK, type ScoredItem } from './search/top-k.js';
