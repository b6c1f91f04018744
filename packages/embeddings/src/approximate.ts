export { ApproximateSearch, type ApproximateSearchOptions } from './search/approximate-search.js';
export type { EmbeddingTable } from './embedding-table.js';
export type { ItemIndex } from './search/item-index.js';
export type { ScoredItem } from './search/top-k.js';
