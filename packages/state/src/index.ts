export { DrrAtt } from './drr-att.js';
export { DrrAve } from './drr-ave.js';
export { DrrP } from './drr-p.js';
export { DrrU } from './drr-u.js';
export { GruState } from './gru-state.js';
export type { SeededLayerOptions } from './seeded-layer-options.js';
export { stateLayers, type StateLayerName, type StateLayerOptions } from './state-layers.js';
export { createStateModule, type StateModuleSizes } from './state-module.js';
