export type {
  Environment,
  Info,
  MaybePromise,
  ResetOptions,
  ResetResult,
  StepResult,
} from './environment.js';
export { box, type BoxSpace } from './spaces/box.js';
export { dict, type DictSpace } from './spaces/dict.js';
export { discrete, type DiscreteSpace } from './spaces/discrete.js';
export type { Infer, Space } from './spaces/space.js';
export { ItemHistory } from './item-history.js';
export { NO_ITEM, recommendationSpace, type RecommendationObservation } from './recommendation.js';
export { timeLimit } from './wrappers/time-limit.js';
