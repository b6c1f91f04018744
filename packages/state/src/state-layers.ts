import type { layers } from '@tensorflow/tfjs-layers';
import { DrrAtt } from './drr-att.js';
import { DrrAve } from './drr-ave.js';
import { DrrP } from './drr-p.js';
import { DrrU } from './drr-u.js';
import { GruState } from './gru-state.js';

/** What a layer chosen by name is made from. */
export interface StateLayerOptions {
  /** Draws the starting weights, where the layer begins at random; a positive integer. */
  readonly seed: number;
}

export type StateLayerName = 'drr-p' | 'drr-u' | 'drr-ave' | 'drr-att' | 'gru';

/** Makes a new state layer by its name, for those who let a user choose. */
export const stateLayers: Readonly<Record<StateLayerName, (options: StateLayerOptions) => layers.Layer>> = {
  'drr-p': () => new DrrP({}),
  'drr-u': () => new DrrU({}),
  'drr-ave': () => new DrrAve({}),
  'drr-att': ({ seed }) => new DrrAtt({ seed }),
  gru: ({ seed }) => new GruState({ seed }),
};
