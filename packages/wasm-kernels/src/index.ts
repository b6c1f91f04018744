export { adamUpdate, adamUpdateAt, type AdamMoments, type AdamSettings } from './operations/adam-update.js';
export { type DenseActivation } from './activation.js';
export type { InputRange } from './fused/dense-pass.js';
export { denseStack, type DenseLayer, type WantedGradients } from './operations/dense-stack.js';
export {
  matchDenseStack,
  type MatchedDenseLayer,
  type MatchedDenseStack,
} from './operations/match-dense-stack.js';
export { activeKernels, FastKernels } from './fast-kernels.js';
export { installFastKernels, type FastKernelsReport, type InstallOptions } from './install.js';
export type { KernelExports } from './kernel-exports.js';
export { Room } from './fused/room.js';
export { DenseStackBuffers } from './fused/dense-stack-buffers.js';
export { GruBackward } from './fused/gru-backward.js';
export { GruForward } from './fused/gru-forward.js';
export type { GruSizes, GruSteps } from './fused/gru-kernel.js';
export { dropout } from './operations/dropout.js';
export { gatherRows } from './operations/gather-rows.js';
export { gruStates } from './operations/gru-states.js';
export { matMulProducts } from './operations/mat-mul-products.js';
export { pairwiseProducts } from './operations/pairwise-products.js';
export { pooledState, type PooledStateInputs } from './operations/pooled-state.js';
export { softmaxLoss, type SoftmaxLossInputs } from './operations/softmax-loss.js';
export { softUpdate } from './operations/soft-update.js';
export { standardize, type StandardizeOptions } from './operations/standardize.js';
