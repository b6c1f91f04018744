import { stateLayers } from '@rl-recsys/state';
import { testSaved } from './saved-recommender.suite.js';
import { gated, paper, residual } from './toy-recommenders.js';

testSaved([
  [
    'the default variant with a state layer that TensorFlow.js runs',
    () => gated({ stateLayer: stateLayers.gru }),
  ],
  ['with items that learn', () => residual({ trainableItems: true, rewardsInState: true })],
  ['with a state layer that TensorFlow.js runs', () => residual({ stateLayer: stateLayers.gru })],
  ['the paper’s with pairs', () => paper({ stateLayer: stateLayers['drr-u'], historySize: 4 })],
]);
