export {
  Checkpoints,
  type Checkpoint,
  type CheckpointsOptions,
  type FoundCheckpoint,
  type PassedOver,
} from './checkpoints.js';
export { compare, type StateDifference } from './compare.js';
export { PeriodicCheckpoints, type PeriodicCheckpointsOptions } from './periodic-checkpoints.js';
