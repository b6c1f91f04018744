// What scores a catalogue by a history, and nothing that fits: for pages and servers that only recommend.
export type { HistoryScorer, RatedHistory } from './scores/history-scorer.js';
export type { HistoryWeights } from './scores/history-weights.js';
export { savedFactors, type SavedFactors } from './scores/factors-scorer.js';
export { NORMALIZATION_EPSILON } from './scores/layer-norm.js';
export type { SavedGru } from './scores/saved-gru.js';
export type { SavedSasrec, SavedSasrecBlock } from './scores/saved-sasrec.js';
export type { SavedLinear } from './scores/linear-scorer.js';
export { savedMean, type SavedMean } from './scores/mean-scorer.js';
export type { SavedPopularity } from './scores/popularity-scorer.js';
export { historyScorer, type SavedScorer } from './scores/saved-scorer.js';
