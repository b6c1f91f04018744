export type { Column } from './columns.js';
export {
  clippedInversePropensityScore,
  inversePropensityScore,
  selfNormalizedInversePropensityScore,
  type ClippedOptions,
} from './bandits/importance-sampling.js';
export {
  directMethod,
  doublyRobust,
  selfNormalizedDoublyRobust,
  shrunkDoublyRobust,
  switchDoublyRobust,
  type ShrinkageOptions,
  type SwitchOptions,
} from './bandits/doubly-robust.js';
export {
  checkLoggedRounds,
  checkRewardPredictions,
  type LoggedRounds,
  type RewardPredictions,
} from './bandits/logged-rounds.js';
export {
  checkLoggedDistributions,
  marginalizedInversePropensityScore,
  marginalizedRounds,
  type LoggedDistributions,
} from './bandits/marginalized.js';
export { describeEstimate, type Estimate, type EstimateOptions } from './estimate.js';
export { LEAST_EFFECTIVE_SAMPLE_SIZE, overlapOf, overlapWarning, type Overlap } from './overlap.js';
export {
  selfNormalizedSessionDoublyRobust,
  sessionDirectMethod,
  sessionDoublyRobust,
} from './sessions/doubly-robust.js';
export {
  perDecisionImportanceSampling,
  selfNormalizedPerDecisionImportanceSampling,
  selfNormalizedTrajectoryImportanceSampling,
  trajectoryImportanceSampling,
} from './sessions/importance-sampling.js';
export {
  checkLoggedSessions,
  checkSessionPredictions,
  cumulativeWeights,
  sessionWeights,
  type LoggedSessions,
  type SessionPredictions,
} from './sessions/logged-sessions.js';
export type { SessionOptions } from './sessions/session-options.js';
export { cascadeDoublyRobust, independentSlates, rewardInteractionSlates } from './slates/slates.js';
export type { Interval } from './statistics/interval.js';
export { alphaOfRound } from './decisions/alpha-of-round.js';
export {
  Canary,
  type Arm,
  type CanaryDecision,
  type CanaryOptions,
  type CanaryStatus,
} from './decisions/canary.js';
export { ConfidenceSequence, type ConfidenceSequenceOptions } from './decisions/confidence-sequence.js';
export { differenceOfArms } from './decisions/difference-of-arms.js';
export { judgeNearStep, largestShare, mixScores, type NearStepJudgement } from './decisions/near-step.js';
