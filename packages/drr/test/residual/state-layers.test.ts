import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import { expect, test } from '@jest/globals';
import { histories, learnOn, toyAgent } from './toy.js';

// A file of its own, so that it runs beside the agent's other tests: a hundred updates of a GRU take long.
test.each(Object.keys(stateLayers) as StateLayerName[])('an agent learns with the state layer %s', (name) => {
  const agent = toyAgent({ stateLayer: stateLayers[name] });
  const before = agent.act(histories);
  learnOn(agent, 102);
  expect(agent.act(histories)).not.toEqual(before);
});
