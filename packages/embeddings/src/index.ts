export { createEmbeddingTable, vectorOf, type EmbeddingTable } from './embedding-table.js';
export { fitMatrixFactorization, type MatrixFactorizationOptions } from './fit-matrix-factorization.js';
export { InnerProductSearch } from './inner-product-search.js';
export { itemTable, predictRating, userTable, type MatrixFactorization } from './matrix-factorization.js';
export { topK, type ScoredItem } from './top-k.js';
