export { DrrAgent, type DrrBatch, type DrrOptions } from './agent.js';
export type { EmbeddingTables } from './look-up.js';
export { DrrPolicy, type DrrModels, type UserHistory } from './policy.js';
export { bestItem, scoreItems } from './ranking.js';
export { recommend, type Recommendation } from './recommend.js';
export { transitionFields, type TransitionFields } from './transition-fields.js';
