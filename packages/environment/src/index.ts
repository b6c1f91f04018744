export type {
  Environment,
  Info,
  MaybePromise,
  ResetOptions,
  ResetResult,
  StepResult,
} from './environment.js';
export { box, type BoxSpace } from './spaces/box.js';
export type { BoxArray } from './spaces/box.js';
export { dict, type DictSpace } from './spaces/dict.js';
export { discrete, type DiscreteSpace } from './spaces/discrete.js';
export { flatSize, flattenInto } from './spaces/flatten.js';
export type { KnownSpace } from './spaces/known-space.js';
export { multiBinary, type MultiBinarySpace } from './spaces/multi-binary.js';
export { multiDiscrete, type MultiDiscreteSpace } from './spaces/multi-discrete.js';
export type { Infer, Space } from './spaces/space.js';
export { spacesOf } from './spaces/spaces-of.js';
export { tuple, type TupleSpace } from './spaces/tuple.js';
export { assertEnvironment, checkEnvironment, type CheckOptions } from './check-environment.js';
export type { Finding } from './check/finding.js';
export { assertMember, assertReset, assertStep } from './answers.js';
export { assertMilliseconds, inTime } from './in-time.js';
export { ItemHistory } from './item-history.js';
export { HISTORY_SIZE, NO_ITEM } from './histories.js';
export { canBeSaved, savedWith } from './saving.js';
export {
  recommendationSpace,
  type RecommendationObservation,
  type RecommendationSizes,
  type RecommendationSpace,
} from './recommendation.js';
export type { VectorEnvironment, VectorReset, VectorStep } from './vector/vector-environment.js';
export { syncVectorEnvironment } from './vector/sync-vector-environment.js';
export { clipAction } from './wrappers/clip-action.js';
export { normalizeObservation, type NormalizeObservationOptions } from './wrappers/normalize-observation.js';
export { normalizeReward, type NormalizeRewardOptions } from './wrappers/normalize-reward.js';
export { orderEnforcing } from './wrappers/order-enforcing.js';
export {
  recordEpisodeStatistics,
  type EpisodeStatistics,
  type RecordEpisodeStatisticsOptions,
  type RecordsEpisodes,
} from './wrappers/record-episode-statistics.js';
export { rescaleAction, type RescaleActionOptions } from './wrappers/rescale-action.js';
export type { KeepsStatistics, RunningStatistics } from './wrappers/running-statistics.js';
export { timeLimit } from './wrappers/time-limit.js';
export { timeout } from './wrappers/timeout.js';
export { wrap } from './wrappers/wrap.js';
