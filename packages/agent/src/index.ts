export type { Actor } from './actor.js';
export { Adam, type AdamOptions } from './adam.js';
export type { Agent, Figures, Inspection, ScoreParts, SessionStep } from './agent.js';
export { assertBackend } from './assert-backend.js';
export { checkAgent, type CheckAgentOptions } from './check-agent.js';
export { clipByGlobalNorm } from './clip-by-global-norm.js';
export { copyWeights } from './copy-weights.js';
export {
  createReplay,
  REPLAY_OPTION_NAMES,
  type PrioritizedOptions,
  type ReplayOptions,
} from './create-replay.js';
export { evaluateAgent } from './evaluate-agent.js';
export { Lifetime } from './lifetime.js';
export { NextTurn } from './next-turn.js';
export type { Learner, LearnResult, Weights } from './learner.js';
export { actionPenalty, policyLoss, tdTarget, weightedSquaredError } from './losses.js';
export {
  gaussianNoise,
  ornsteinUhlenbeckNoise,
  type GaussianNoiseOptions,
  type Noise,
  type OrnsteinUhlenbeckNoiseOptions,
} from './noise.js';
export {
  assertCount,
  assertNumbers,
  assertSchedules,
  FINITE,
  integerFrom,
  NOT_NEGATIVE,
  POSITIVE,
  SHARE,
  SHARE_ABOVE_0,
  SHARE_BELOW_1,
  type NumberRule,
} from './number-rules.js';
export { ReplayAgent, type ReplayAgentOptions } from './replay-agent.js';
export { restoreTraining } from './restore-training.js';
export { restoreVariables, savableVariables, savedVariables } from './saved-variables.js';
export { REWARD_OPTION_NAMES, rewardOptions, type RewardOptions } from './rewards.js';
export { RunawayGuard } from './runaway.js';
export { scheduled, type Schedule } from './schedule.js';
export { seedFrom } from './seed-from.js';
export type { EpisodeSummary, OneOrMany } from './sessions.js';
export { SessionReturns } from './session-returns.js';
export type { LearningPace, SplitAgent } from './split-agent.js';
export { tidyValues } from './tidy-values.js';
export { train, type TrainingCheckpoints, type TrainOptions } from './train.js';
export { TrainingMonitor } from './training-metrics.js';
export type { SessionRecord, TrainingMetrics } from '@rl-recsys/metrics';
export { valueFigures } from './value-figures.js';
export { softUpdate } from '@rl-recsys/wasm-kernels';
