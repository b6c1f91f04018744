export { ApproximateSearch, type ApproximateSearchOptions } from './approximate-search.js';
export type { EmbeddingTable } from './embedding-table.js';
export type { ItemIndex } from './item-index.js';
export type { ScoredItem } from './top-k.js';
