export { ActorCritic } from './actor-critic.js';
export { DdpgActor, type DdpgActorOptions } from './ddpg-actor.js';
export { DdpgAgent, td3, type DdpgAgentOptions } from './ddpg-agent.js';
export type { DdpgBatch, DdpgLearnResult } from './ddpg-batch.js';
export { DdpgLearner, type DdpgLearnerOptions } from './ddpg-learner.js';
export {
  DDPG_OPTION_NAMES,
  type DdpgOptions,
  type EncoderSignal,
  type TargetSmoothing,
} from './ddpg-options.js';
export { DenseNetwork } from './dense-network.js';
export { ActionValueNetwork } from './dqn/action-value-network.js';
export { DqnActor, type DqnActorOptions } from './dqn/dqn-actor.js';
export { DqnAgent, type DqnAgentOptions } from './dqn/dqn-agent.js';
export { DqnLearner, type DqnFields, type DqnLearnerOptions } from './dqn/dqn-learner.js';
export type { FusedEncoder } from './fused-encoder.js';
export { fuse } from './fuse.js';
export { FusedUpdate, type FusedBatch } from './fused-update.js';
export {
  createActor,
  createCritic,
  type DdpgNetworks,
  type NetworkSizes,
  type PlainNetworkSizes,
} from './networks.js';
export { SacActor, type SacActorOptions } from './sac/sac-actor.js';
export { SacAgent, type SacAgentOptions } from './sac/sac-agent.js';
export { SacLearner, type SacLearnerOptions } from './sac/sac-learner.js';
export { softValue, temperatureLoss } from './sac/sac-losses.js';
export { squashedAction, squashedLogProbability } from './sac/squashed-gaussian.js';
export { vectorFields, type VectorFields } from './vector-fields.js';
export { wolpertinger, type WolpertingerOptions } from './wolpertinger.js';
export { WolpertingerAgent, type WolpertingerAgentOptions } from './wolpertinger-agent.js';
