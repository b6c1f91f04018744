export { createEmbeddingTable, vectorOf, type EmbeddingTable } from './embedding-table.js';
export {
  fitImplicitFactorization,
  type ImplicitFactorizationOptions,
} from './fit/fit-implicit-factorization.js';
export { fitMatrixFactorization, type MatrixFactorizationOptions } from './fit/fit-matrix-factorization.js';
export { InnerProducts } from './search/inner-products.js';
export { InnerProductSearch } from './search/inner-product-search.js';
export type { ItemIndex } from './search/item-index.js';
export {
  itemTable,
  predictRating,
  userTable,
  type FoldInRule,
  type IalsFoldIn,
  type LikesFoldIn,
  type MatrixFactorization,
  type RatingsFoldIn,
} from './matrix-factorization.js';
export { topK, type ScoredItem } from './search/top-k.js';
export type { EarlyStoppingOptions, FitProgress } from './fit/validation.js';
export { fitMatrixFactorizationBySgd, type SgdOptions } from './fit/fit-matrix-factorization-by-sgd.js';
export type { DescentOptions } from './fit/descent-options.js';
export { fitBpr, type BprOptions } from './fit/fit-bpr.js';
export {
  BlockFoldIn,
  type BlockFoldInOptions,
  type FoldInModel,
  type FoldInPart,
} from './blocks/block-fold-in.js';
export type { Histories, History } from './fit/histories.js';
export { UserFoldIn } from './fit/user-fold-in.js';
export {
  biasBlock,
  likesBlock,
  popularityBlock,
  ratingsBlock,
  type EmbeddingBlock,
} from './blocks/embedding-block.js';
export { aftermathBlock, type AftermathOptions } from './blocks/aftermath-block.js';
export { joinBlocks, type BlockPlace, type JoinedBlocks } from './blocks/join-blocks.js';
export { fillUnknownItems, type UnknownItemOptions } from './fit/fill-unknown-items.js';
export { alignVectors } from './exchange/align-vectors.js';
export { decodeIds, encodeIds } from './exchange/id-list.js';
export type { IdentifiedVectors } from './exchange/identified-vectors.js';
export { decodeNpy, encodeNpy } from './exchange/npy-vectors.js';
export { decodeParquet, encodeParquet } from './exchange/parquet-vectors.js';
export { decodeWord2Vec, encodeWord2Vec } from './exchange/word2vec-vectors.js';
export type { HistoryScorer, RatedHistory } from './scores/history-scorer.js';
export type { HistoryWeights } from './scores/history-weights.js';
export { savedFactors, type SavedFactors } from './scores/factors-scorer.js';
export { NORMALIZATION_EPSILON } from './scores/layer-norm.js';
export type { SavedGru } from './scores/saved-gru.js';
export type { SavedSasrec, SavedSasrecBlock } from './scores/saved-sasrec.js';
export type { SavedLinear } from './scores/linear-scorer.js';
export { savedMean, type SavedMean } from './scores/mean-scorer.js';
export type { SavedPopularity } from './scores/popularity-scorer.js';
export { historyScorer, type SavedScorer } from './scores/saved-scorer.js';
export { FitWork, type FitControl } from './fit/fit-control.js';
export { DENSE_ITEMS } from './fit/dense-items.js';
export { fitEase, type EaseOptions } from './fit/fit-ease.js';
export { fitItemKnn, type ItemKnnOptions } from './fit/fit-item-knn.js';
export { fitSlit, type SlitOptions } from './fit/fit-slit.js';
export { fitIals, type IalsOptions } from './fit/fit-ials.js';
export { fitPopularity } from './fit/fit-popularity.js';
