// What learns from a feedback log: TensorFlow.js is loaded by it.
export { halfOf } from './learning/half-of.js';
export { learnPolicy, type LearnPolicyOptions } from './learning/learn-policy.js';
export { nearStep, type NearStep, type NearStepParts } from './learning/near-step.js';
export { partOfLog, sessionLog, type DrawnAnswer, type SessionLog } from './learning/session-log.js';
