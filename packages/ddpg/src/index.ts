export { Adam, type AdamOptions } from './adam.js';
export type { Agent } from './agent.js';
export { clipByGlobalNorm } from './clip-by-global-norm.js';
export { DdpgAgent, td3, type DdpgAgentOptions } from './ddpg-agent.js';
export {
  DdpgLearner,
  type DdpgBatch,
  type DdpgLearnResult,
  type DdpgNetworks,
  type DdpgOptions,
  type EncoderSignal,
  type TargetSmoothing,
} from './learner.js';
export { actionPenalty, policyLoss, tdTarget, weightedSquaredError } from './losses.js';
export { createActor, createCritic, type NetworkSizes } from './networks.js';
export { gaussianNoise, ornsteinUhlenbeckNoise, type Noise, type Schedule } from './noise.js';
export { copyWeights, softUpdate } from './soft-update.js';
export { evaluateAgent, trainAgent, type EpisodeSummary, type TrainAgentOptions } from './train-agent.js';
export { wolpertinger, type WolpertingerOptions } from './wolpertinger.js';
