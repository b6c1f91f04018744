import { REPLAY_OPTION_NAMES, ReplayAgent, type ReplayOptions } from '@rl-recsys/agent';
import { flatSize } from '@rl-recsys/environment';
import { assertOptionNames, namesWithout, optionsNamed, type OptionNames } from '@rl-recsys/random';
import { boxScale } from '../box-scale.js';
import { actionSizeOf } from '../ddpg-actor.js';
import { replayParts } from '../replay-parts.js';
import type { VectorFields } from '../vector-fields.js';
import { SAC_ACTOR_NAMES, SacActor, type SacActorOptions } from './sac-actor.js';
import { SAC_LEARNER_NAMES, SacLearner, type SacLearnerOptions } from './sac-learner.js';

export interface SacAgentOptions<Observation>
  extends SacActorOptions<Observation>, Omit<SacLearnerOptions, 'stateSize' | 'actionSize'>, ReplayOptions {
  /** Transitions in an update (default 256; Haarnoja et al. 2018, table 1). */
  readonly batchSize?: number;
}

const LEARNING_NAMES = namesWithout(SAC_LEARNER_NAMES, 'stateSize', 'actionSize');

const NAMES: OptionNames<SacAgentOptions<never>> = {
  ...SAC_ACTOR_NAMES,
  ...LEARNING_NAMES,
  ...REPLAY_OPTION_NAMES,
};

/**
 * Soft actor-critic for any environment with a box of actions: networks, temperature and replay in one.
 *
 * Inside, actions lie in (−1, 1); they are scaled to the box on their way out. After a warm-up of uniform actions it
 * learns once a round.
 *
 * See "Soft actor-critic algorithms and applications", Haarnoja et al. 2018, arXiv 1812.05905.
 */
export class SacAgent<Observation> extends ReplayAgent<Observation, Float32Array, VectorFields, SacLearner> {
  /** @throws TypeError where actions are no box, RangeError where a bound of the actions is not finite or an option is out of range or unknown. */
  constructor(options: SacAgentOptions<Observation>) {
    assertOptionNames(options, NAMES);
    const { observationSpace, actionSpace, batchSize = 256 } = options;
    boxScale(actionSpace); // refuses what is no box before networks are made
    const sizes = { stateSize: flatSize(observationSpace), actionSize: actionSizeOf(actionSpace) };
    const learner = new SacLearner({ ...optionsNamed(options, LEARNING_NAMES), ...sizes });
    const acting = optionsNamed(options, SAC_ACTOR_NAMES);
    super(replayParts(learner, () => new SacActor(learner.policy, acting), { ...options, batchSize }));
  }
}
