export type { Asker, NewUser, RatedItem, ReturningUser } from './asker.js';
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
export type { VectorParts } from './vector-ranker.js';
export { saveRecommender } from './save-recommender.js';
export { checkRecordStorage, type CheckStorageOptions } from './storage/check-record-storage.js';
export type { StorageFinding } from './storage/check/finding.js';
export { httpStorage, writeRecordList } from './storage/http.js';
export { memoryStorage } from './storage/memory.js';
export { opfsStorage } from './storage/opfs.js';
export type { OpfsDirectory, OpfsFile } from './storage/opfs-handles.js';
export { assertRecordName } from './storage/record-name.js';
export { recordStorage, type RecordStorage, type StorageMethods } from './storage/record-storage.js';
export { decodeSaved, encodeSaved } from './storage/saved-bytes.js';
export { tarStorage } from './storage/tar.js';
export { toTar } from './storage/to-tar.js';
