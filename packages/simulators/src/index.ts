export { likedBefore } from './liked-items.js';
export {
  drawLogMoments,
  logMomentsEnvironment,
  type LogMoments,
  type LogMomentsEnvironmentOptions,
  type LogMomentsOptions,
} from './log-moments.js';
export { defaultTasteDynamics, type TasteDynamics } from './moving-taste/dynamics.js';
export {
  movingTasteCatalogue,
  movingTasteTypes,
  type MovingTasteCatalogueOptions,
  type MovingTasteTypesOptions,
} from './moving-taste/draw-world.js';
export { movingTasteEnvironment, type MovingTasteEnvironmentOptions } from './moving-taste/environment.js';
export { movingTasteLog, type MovingTasteLogOptions } from './moving-taste/log.js';
export {
  measureSessions,
  type MeasuredPolicy,
  type MeasuredStep,
  type SessionMeasuring,
} from './moving-taste/measure-sessions.js';
export { observingPolicy, type ObservingPolicyOptions } from './moving-taste/observing-policy.js';
export {
  greedyTastePolicy,
  randomTastePolicy,
  staticTastePolicy,
  type GreedyPenalties,
  type TastePolicy,
} from './moving-taste/policies.js';
export {
  searchSession,
  type PlannedSession,
  type SearchSessionOptions,
} from './moving-taste/search-session.js';
export { SessionPlanner, type SessionPlannerOptions } from './moving-taste/session-planner.js';
export { sessionValue, type SessionValue } from './moving-taste/session-value.js';
export {
  simulatedLog,
  simulatedWorld,
  type SimulatedLog,
  type SimulatedWorld,
} from './moving-taste/simulated-world.js';
export { trueVectors, type VectorTable } from './moving-taste/true-vectors.js';
export { MovingTasteWorld, type MovingTasteWorldOptions, type TasteState } from './moving-taste/world.js';
export { catalogueEnvironment, type CatalogueEnvironmentOptions } from './catalogue-environment.js';
export { randomPlayLog, type RandomPlayOptions } from './random-play-log.js';
export { ratingLogEnvironment, type RatingLogEnvironmentOptions } from './rating-log-environment.js';
export { ratingModelEnvironment, type RatingModelEnvironmentOptions } from './rating-model-environment.js';
export { syntheticRatingLog, type SyntheticRatingLogOptions } from './synthetic-rating-log.js';
