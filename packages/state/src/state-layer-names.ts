/** What the state layers are called, the default first. It needs no TensorFlow.js. */
export const stateLayerNames = [
  'drr-ave',
  'drr-p',
  'drr-u',
  'drr-att',
  'decaying-sums',
  'gru',
  'transformer',
] as const;

/** The name of one of the state layers. */
export type StateLayerName = (typeof stateLayerNames)[number];
