export {
  MODES,
  type Answer,
  type AnsweredItem,
  type Arm,
  type EventOutcome,
  type Mode,
} from './contract/answer.js';
export { firstFault } from './contract/check.js';
export { checkFeedbackEvents, feedbackEventsSchema, type FeedbackEvent } from './contract/feedback-event.js';
export { plainIdSchema } from './contract/ids.js';
export { LIMITS } from './contract/limits.js';
export {
  checkRecommendationRequest,
  recommendationRequestSchema,
  type RecommendationRequest,
} from './contract/recommendation-request.js';
export { RequestError, type Refusal } from './contract/request-error.js';
export { gumbelTopK } from './exploration/gumbel-top-k.js';
export { slotProbabilities } from './exploration/slot-probabilities.js';
export { utilitiesOf } from './exploration/utilities.js';
export { bySession, type JoinedSession } from './feedback/by-session.js';
export { checkFeedbackLog, type LogFinding } from './feedback/check-feedback-log.js';
export { REWARD_RULES, type RewardRule } from './feedback/earned.js';
export type { FeedbackLog, PlacedRecord } from './feedback/feedback-log.js';
export {
  userOf,
  type ActivationRecord,
  type FeedbackRecord,
  type RecommendationRecord,
  type RewardRecord,
} from './feedback/feedback-record.js';
export { join, joinCounts, type JoinCounts, type JoinedExample, type JoinOptions } from './feedback/join.js';
export { memoryLog } from './feedback/memory-log.js';
export { assignArm } from './models/assign-arm.js';
export type { Canary, ServedModel, ServedModels } from './models/served-model.js';
export { warmUp } from './models/warm-up.js';
export { FRESH_LIKES } from './service/kept-likes.js';
export { ratingOf } from './service/rating-of.js';
export { askedAgain, askerOf } from './service/asked-again.js';
export { openService, RecommendationService } from './service/recommendation-service.js';
export type { ServiceFigures } from './service/service-figures.js';
export type { ServiceNumbers, ServiceOptions } from './service/service-options.js';
