export { DrrAgent, type DrrBatch, type DrrOptions } from './agent.js';
export { drrTransition } from './drr-transition.js';
export type { EmbeddingTables, Histories } from './look-up.js';
export { DrrPolicy, type DrrModels, type UserHistory } from './policy.js';
export { bestItem, scoreItems } from './ranking.js';
export { recommend, type Recommendation } from './recommend.js';
export { UploadedTables } from './uploaded-tables.js';
export { transitionFields, type TransitionFields } from './transition-fields.js';
export { remainingCandidates, storedCandidates } from './residual/candidates.js';
export { ResidualAgent, type ResidualBatch, type ResidualLearnResult } from './residual/residual-agent.js';
export { residualFields, type ResidualFields } from './residual/residual-fields.js';
export type { ResidualOptions } from './residual/residual-options.js';
export { joinHistories, type RewardedHistories, type RewardedHistory } from './residual/observed.js';
export { ResidualPolicy } from './residual/residual-policy.js';
export { residualTransition, type ShownItem } from './residual/residual-transition.js';
export type { RewardFields } from './reward-model/reward-fields.js';
export { RewardModel, type RewardBatch } from './reward-model/reward-model.js';
export type { RewardModelOptions } from './reward-model/reward-model-options.js';
export { RewardModelPolicy } from './reward-model/reward-model-policy.js';
export { DrrLearningPolicy, type DrrLearningOptions } from './session-learning/drr-learning-policy.js';
export {
  ResidualLearningPolicy,
  type ResidualLearningOptions,
} from './session-learning/residual-learning-policy.js';
export type { SessionLearningOptions } from './session-learning/session-learner.js';
export type { SessionStep } from './session-learning/session-step.js';
