import { REPLAY_OPTION_NAMES, ReplayAgent, type ReplayOptions } from '@rl-recsys/agent';
import { flatSize } from '@rl-recsys/environment';
import { assertOptionNames, namesWithout, optionsNamed, type OptionNames } from '@rl-recsys/random';
import { replayParts } from '../replay-parts.js';
import { asDiscrete, DQN_ACTOR_NAMES, DqnActor, type DqnActorOptions } from './dqn-actor.js';
import { DQN_LEARNER_NAMES, DqnLearner, type DqnFields, type DqnLearnerOptions } from './dqn-learner.js';

export interface DqnAgentOptions<Observation>
  extends DqnActorOptions<Observation>, Omit<DqnLearnerOptions, 'stateSize' | 'actionCount'>, ReplayOptions {}

const LEARNING_NAMES = namesWithout(DQN_LEARNER_NAMES, 'stateSize', 'actionCount');

const NAMES: OptionNames<DqnAgentOptions<never>> = {
  ...DQN_ACTOR_NAMES,
  ...LEARNING_NAMES,
  ...REPLAY_OPTION_NAMES,
};

/**
 * DQN for any environment with discrete actions: network, exploration and replay in one. After a warm-up of uniform
 * actions it learns once a round.
 *
 * See "Human-level control through deep reinforcement learning", Mnih et al. 2015.
 */
export class DqnAgent<Observation> extends ReplayAgent<Observation, number, DqnFields, DqnLearner> {
  /** @throws TypeError where actions are not discrete, RangeError where an option is out of range or unknown. */
  constructor(options: DqnAgentOptions<Observation>) {
    assertOptionNames(options, NAMES);
    const { observationSpace, actionSpace } = options;
    const sizes = { stateSize: flatSize(observationSpace), actionCount: asDiscrete(actionSpace).size };
    const learner = new DqnLearner({ ...optionsNamed(options, LEARNING_NAMES), ...sizes });
    const acting = optionsNamed(options, DQN_ACTOR_NAMES);
    super(replayParts(learner, () => new DqnActor(learner.network, acting), options));
  }
}
