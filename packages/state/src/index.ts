export { DrrAve } from './drr-ave.js';
export { createStateModule, type StateModuleSizes } from './state-module.js';
