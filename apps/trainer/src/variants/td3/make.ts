import { DdpgAgent, td3, WolpertingerAgent } from '@rl-recsys/ddpg';
import { discrete, wrap, type DiscreteSpace, type Environment } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { rewardsOf } from '../drr-options.js';
import { kindOf } from '../space-kind.js';
import { unknownVectors } from '../unknown-vectors.js';
import type { MadeOnEnvironment } from '../variant.js';
import type { Td3Options } from './options.js';

/** Of many actions the critic compares this many; of few it compares all. */
const NEIGHBORS = 10;

/** TD3 for an environment with a box of actions, or of discrete ones. */
export function makeTd3(
  environment: Environment<unknown, unknown>,
  options: Td3Options,
  random: Random,
): MadeOnEnvironment {
  return kindOf(environment.actionSpace) === 'box'
    ? makeContinuous(environment as Environment<unknown, Float32Array>, options, random)
    : makeDiscrete(environment as Environment<unknown, number>, options, random);
}

function makeContinuous(
  environment: Environment<unknown, Float32Array>,
  options: Td3Options,
  random: Random,
): MadeOnEnvironment {
  const { observationSpace, actionSpace } = environment;
  const agent = new DdpgAgent({ observationSpace, actionSpace, ...settings(options, random) });
  return { agent, environment, played: environment };
}

/** Each discrete action is a dimension of its own, or of very many a random direction. */
function makeDiscrete(
  environment: Environment<unknown, number>,
  options: Td3Options,
  random: Random,
): MadeOnEnvironment {
  const { observationSpace } = environment;
  const { size, start } = environment.actionSpace as DiscreteSpace;
  const actions = unknownVectors(size, random.fork('actions'));
  const agent = new WolpertingerAgent({
    ...{ observationSpace, vectors: actions.vectors, vectorSize: actions.size },
    neighbors: Math.min(size, NEIGHBORS),
    ...settings(options, random),
  });
  const fromZero = wrap(environment, {
    actionSpace: discrete(size),
    step: (action) => environment.step(start + action),
  });
  return { agent, environment: fromZero, played: fromZero };
}

function settings(options: Td3Options, random: Random) {
  const { batchSize, gamma } = options;
  return {
    ...{ batchSize, gamma },
    ...rewardsOf(options),
    random: random.fork('agent'),
    actorLearningRate: 1e-3,
    tau: 0.005,
    hiddenSize: 64,
    ...td3(random.fork('target noise')),
  };
}
