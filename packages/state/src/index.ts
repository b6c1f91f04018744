export { learningCall, type StateCallArguments } from './call-arguments.js';
export { decayingWeights } from './decaying-weights.js';
export type { SeededLayerOptions } from './seeded-layer-options.js';
export { stateLayerNames, type StateLayerName } from './state-layer-names.js';
export * from './state-layers.js'; // the layers, and how each is made by its name
export { createStateModule, type StateModuleSizes } from './state-module.js';
