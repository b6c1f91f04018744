import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import { expect, test } from '@jest/globals';
import '../on-wasm.js';
import { histories, learnOn, toyLearner } from './toy.js';

// The actor's turn comes after a hundred updates.
test.each(Object.keys(stateLayers) as StateLayerName[])(
  'a learner learns with the state layer %s',
  (name) => {
    const learner = toyLearner({ stateLayer: stateLayers[name] });
    const before = learner.act(histories);
    learnOn(learner, 102);
    expect(learner.act(histories)).not.toEqual(before);
    learner.dispose();
  },
);
