import { ReplayAgent, type ReplayOptions } from '@rl-recsys/agent';
import { flatSize } from '@rl-recsys/environment';
import { replayParts } from '../replay-parts.js';
import { asDiscrete, DqnActor, type DqnActorOptions } from './dqn-actor.js';
import { DqnLearner, type DqnFields, type DqnLearnerOptions } from './dqn-learner.js';

export interface DqnAgentOptions<Observation>
  extends DqnActorOptions<Observation>, Omit<DqnLearnerOptions, 'stateSize' | 'actionCount'>, ReplayOptions {}

/**
 * DQN for any environment with discrete actions: network, exploration and replay in one. After a warm-up of uniform
 * actions it learns once a round.
 *
 * See "Human-level control through deep reinforcement learning", Mnih et al. 2015.
 */
export class DqnAgent<Observation> extends ReplayAgent<Observation, number, DqnFields, DqnLearner> {
  /** @throws TypeError where actions are not discrete, RangeError where an option is out of range. */
  constructor(options: DqnAgentOptions<Observation>) {
    const { observationSpace, actionSpace } = options;
    const sizes = { stateSize: flatSize(observationSpace), actionCount: asDiscrete(actionSpace).size };
    const learner = new DqnLearner({ ...options, ...sizes });
    super(replayParts(learner, () => new DqnActor(learner.network, options), options));
  }
}
