export { createEmbeddingTable, vectorOf, type EmbeddingTable } from './embedding-table.js';
export { fitImplicitFactorization, type ImplicitFactorizationOptions } from './fit-implicit-factorization.js';
export { fitMatrixFactorization, type MatrixFactorizationOptions } from './fit-matrix-factorization.js';
export { InnerProductSearch } from './inner-product-search.js';
export type { ItemIndex } from './item-index.js';
export {
  itemTable,
  predictRating,
  userTable,
  type FoldInRule,
  type LikesFoldIn,
  type MatrixFactorization,
  type RatingsFoldIn,
} from './matrix-factorization.js';
export { topK, type ScoredItem } from './top-k.js';
export type { EarlyStoppingOptions, FitProgress } from './validation.js';
export { fitMatrixFactorizationBySgd, type SgdOptions } from './fit-matrix-factorization-by-sgd.js';
export type { DescentOptions } from './descent-options.js';
export { fitBpr, type BprOptions } from './fit-bpr.js';
export { UserFoldIn, type Histories, type History } from './user-fold-in.js';
export {
  biasBlock,
  likesBlock,
  popularityBlock,
  ratingsBlock,
  type EmbeddingBlock,
} from './embedding-block.js';
export { aftermathBlock, type AftermathOptions } from './aftermath-block.js';
export { joinBlocks, type BlockPlace, type JoinedBlocks } from './join-blocks.js';
export { fillUnknownItems, type UnknownItemOptions } from './fill-unknown-items.js';
export { alignVectors } from './align-vectors.js';
export { decodeIds, encodeIds } from './id-list.js';
export type { IdentifiedVectors } from './identified-vectors.js';
export { decodeNpy, encodeNpy } from './npy-vectors.js';
export { decodeParquet, encodeParquet } from './parquet-vectors.js';
export { decodeWord2Vec, encodeWord2Vec } from './word2vec-vectors.js';
