import type { layers } from '@tensorflow/tfjs-layers';
import { DecayingSums } from './decaying-sums.js';
import { DrrAtt } from './drr-att.js';
import { DrrAve } from './drr-ave.js';
import { DrrP } from './drr-p.js';
import { DrrU } from './drr-u.js';
import { GruState } from './gru-state.js';
import type { StateLayerName } from './state-layer-names.js';
import { TransformerState, type TransformerStateOptions } from './transformer-state.js';

export { DecayingSums, DrrAtt, DrrAve, DrrP, DrrU, GruState, TransformerState, type TransformerStateOptions };

/** What a state layer is made from. */
export interface StateLayerOptions {
  /** Draws the starting weights, where the layer begins at random; a positive integer. */
  readonly seed: number;
  /** k, the length of a user's and of an item's vector. */
  readonly embeddingSize: number;
  /** n, how many items the history holds. */
  readonly historySize: number;
}

/** Makes a new state layer. */
export type MakeStateLayer = (options: StateLayerOptions) => layers.Layer;

/** The state layers by name, for those who let a user choose. */
export const stateLayers: Readonly<Record<StateLayerName, MakeStateLayer>> = {
  'drr-ave': () => new DrrAve({}),
  'drr-p': () => new DrrP({}),
  'drr-u': () => new DrrU({}),
  'drr-att': ({ seed }) => new DrrAtt({ seed }),
  'decaying-sums': () => new DecayingSums({}),
  gru: ({ seed }) => new GruState({ seed }),
  transformer: ({ seed }) => new TransformerState({ seed }),
};
