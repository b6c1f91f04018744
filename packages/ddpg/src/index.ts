export { Adam, type AdamOptions } from './adam.js';
export {
  DdpgAgent,
  type DdpgBatch,
  type DdpgLearnResult,
  type DdpgNetworks,
  type DdpgOptions,
  type EncoderSignal,
} from './agent.js';
export { policyLoss, tdTarget, weightedSquaredError } from './losses.js';
export { createActor, createCritic, type NetworkSizes } from './networks.js';
export { copyWeights, softUpdate } from './soft-update.js';
