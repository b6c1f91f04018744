export { chooseGamma, type GammaChoice } from './choose-gamma.js';
export { policyOnBackend } from './policy-on-backend.js';
export { bestItem, scoreItems } from './ranking.js';
export { RankingPolicy, type ActionFunction, type RankingPolicyOptions } from './ranking-policy.js';
export { recommend, type Recommendation } from './recommend.js';
export type { EmbeddingTables, Histories } from './tables.js';
export { joinHistories, type RewardedHistories, type RewardedHistory } from './histories.js';
export type { PlainLayer } from './dense-forward.js';
export type { SavedStateLayer, StateEncoder } from './state-encoder.js';
export { UploadedTables } from './uploaded-tables.js';
export { vectorPolicy, weighBlocks, type VectorPolicy } from './vector-policy.js';
export { DrrActor, type DrrActorOptions } from './paper/actor.js';
export { DrrAgent, type DrrAgentOptions } from './paper/agent.js';
export { drrFromLog, SWEEPS, type DrrFromLog, type DrrFromLogOptions } from './paper/from-log.js';
export { DrrLearner, type DrrBatch, type DrrLearnerOptions } from './paper/learner.js';
export { PolicyNetwork, type DrrModels, type UserHistory } from './paper/policy-network.js';
export { drrPolicy, type SavedDrrPolicy } from './paper/policy.js';
export { drrTransition } from './paper/transition.js';
export { transitionFields, type TransitionFields } from './paper/transition-fields.js';
export { ResidualActor, type ResidualActorOptions } from './residual/actor.js';
export { ResidualAgent, SESSIONS, type ResidualAgentOptions } from './residual/agent.js';
export { continueResidual, optionsOfPolicy, type PolicyOptions } from './residual/continue-policy.js';
export { mixedPolicy, mixPolicies, partsOfPolicy, type SavedMixedPolicy } from './residual/mixed-policy.js';
export { storedCandidates, withShown } from './residual/candidates.js';
export { firstGates, fitBlocks, staticMix, type FittedBlocks } from './residual/fit-blocks.js';
export { fitPlanningBlocks, planningGates } from './residual/fit-planning-blocks.js';
export { residualFromLog, type ResidualFromLog, type ResidualFromLogOptions } from './residual/from-log.js';
export {
  residualInSimulator,
  SIMULATED_SESSIONS,
  simulatorDefaults,
  type ResidualInSimulator,
  type ResidualInSimulatorOptions,
} from './residual/in-simulator.js';
export { learningRateShare } from './residual/learning-rate-share.js';
export type { Look, LookedItem } from './residual/look.js';
export { ResidualLearner } from './residual/learner.js';
export type { ResidualBatch, ResidualFigures, ResidualLearnResult } from './residual/update-parts.js';
export type { ResidualLearnerOptions } from './residual/options.js';
export { residualPolicy, type SavedActorNetwork, type SavedResidualPolicy } from './residual/policy.js';
export { residualTransition, type ShownItem } from './residual/transition.js';
export { residualFields, type ResidualFields } from './residual/transition-fields.js';
export type { RewardBatch, RewardFields } from './reward-model/transition-fields.js';
export { RewardModel } from './reward-model/reward-model.js';
export type { RewardModelOptions } from './reward-model/options.js';
export { RewardModelPolicy } from './reward-model/policy.js';
export { DrrLearningPolicy, type DrrLearningOptions } from './session-learning/drr-learning-policy.js';
export {
  ResidualLearningPolicy,
  type ResidualLearningOptions,
} from './session-learning/residual-learning-policy.js';
export type { SessionLearningOptions } from './session-learning/session-learner.js';
export type { SessionStep } from './session-learning/session-step.js';
export { GatedAgent, type GatedAgentOptions } from './gated/agent.js';
export {
  gatedFromBlocks,
  gatedFromLog,
  type GatedFromBlocksOptions,
  type GatedFromLog,
  type GatedFromLogOptions,
} from './gated/from-log.js';
export type { PastAndPresent } from './gated/prepare-log.js';
export { GatedPolicy, type SavedGatedPolicy, type Somebody } from './gated/policy.js';
export { pastPolicy, type PastPolicy } from './gated/past-policy.js';
export { fitCatalogueBlocks } from './gated/fit-blocks.js';
export { goalNames, type GoalName } from './gated/goal-names.js';
export { sequenceBlockNames, type SequenceBlockName } from './gated/sequence-block-names.js';
export {
  fitQEvaluation,
  fitReturns,
  predictSessions,
  type FitQEvaluationOptions,
  type FitValuesOptions,
} from './logged-sessions/fitted-values.js';
export { learnFromSessions, type LearnFromSessionsOptions } from './logged-sessions/learn-from-sessions.js';
export { sessionSteps, type SessionSteps, type ShownSession } from './logged-sessions/session-steps.js';
export { sessionTransitions, type SessionReturnOptions } from './logged-sessions/session-transitions.js';
