import { kindOf } from '../space-kind.js';
import type { EnvironmentVariant } from '../variant.js';
import { options, type Td3Options } from './options.js';

/** TD3 on an environment whose actions are numbers or choices. */
export const td3: EnvironmentVariant = {
  name: 'td3',
  about: 'TD3, where the actions of an environment are numbers or choices',
  options,
  reasons: {
    stateModule: 'networks of TD3 see the observation as it is',
    replay: 'TD3 draws past steps uniformly',
    historySize: 'networks of TD3 see the observation as it is',
    sessionLength: 'the environment says when an episode ends',
    embeddingSize: 'TD3 learns of numbers and choices, not of items',
    trainableEmbeddings: 'TD3 learns of numbers and choices, not of items',
    stateSignal: 'networks of TD3 see the observation as it is',
    algorithm: 'it is TD3 in any case',
    goal: 'TD3 tunes no mix of scores',
    sequenceBlock: 'TD3 learns of numbers and choices, not of items',
    sessions: 'TD3 plays one episode at a time',
    baselines: 'an environment has no log to fit them on',
  },
  learns: 'an environment whose actions are a box of numbers or choices, and which recommends nothing',
  fits: ({ actionSpace, observationSpace }) => {
    const [actions, observations] = [actionSpace, observationSpace].map(kindOf);
    return actions === 'box' || (actions === 'discrete' && observations !== 'recommendation');
  },
  async make(environment, given, random) {
    const { makeTd3 } = await import('./make.js');
    return makeTd3(environment, given as Td3Options, random);
  },
};
