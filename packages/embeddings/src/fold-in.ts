// What finds the vectors of new users, and nothing that fits: for pages and servers that only recommend.
export {
  BlockFoldIn,
  type BlockFoldInOptions,
  type FoldInModel,
  type FoldInPart,
} from './blocks/block-fold-in.js';
export type {
  FoldInRule,
  IalsFoldIn,
  LikesFoldIn,
  MatrixFactorization,
  RatingsFoldIn,
} from './matrix-factorization.js';
export type { Histories, History } from './fit/histories.js';
export { UserFoldIn } from './fit/user-fold-in.js';
