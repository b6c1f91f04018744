import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import { expect, test } from '@jest/globals';
import { histories, learnOn, toyLearner } from './toy.js';

// A file of its own, so that it runs beside the learner's other tests: a hundred updates of a GRU take long.
test.each(Object.keys(stateLayers) as StateLayerName[])(
  'a learner learns with the state layer %s',
  (name) => {
    const learner = toyLearner({ stateLayer: stateLayers[name] });
    const before = learner.act(histories);
    learnOn(learner, 102);
    expect(learner.act(histories)).not.toEqual(before);
  },
);
