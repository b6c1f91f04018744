export type { Asker, NewUser, RatedItem, ReturningUser, VisitingUser } from './asker.js';
export { assertRecommends } from './assert-recommends.js';
export { checkRecommender, type CheckRecommenderOptions } from './check-recommender.js';
export type { Recommending } from './check/rule.js';
export {
  createRecommender,
  type CatalogueOptions,
  type CreateRecommenderOptions,
  type PastAgentOptions,
  type VectorAgentOptions,
} from './create-recommender.js';
export { loadRecommender } from './load-recommender.js';
export type { PastParts } from './past-ranker.js';
export {
  Recommender,
  type CatalogueParts,
  type RankedAnswer,
  type RecommendedItem,
  type RecommenderParts,
  type RecommendOptions,
  type RecommendRequest,
} from './recommender.js';
export type { Situations, VectorParts } from './vector-ranker.js';
export { saveRecommender } from './save-recommender.js';
// Who saves a recommender needs a place for it.
export * from '@rl-recsys/storage';
