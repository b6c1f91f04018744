import { createReplay, ReplayAgent, type ReplayOptions, type Schedule } from '@rl-recsys/agent';
import { flatSize } from '@rl-recsys/environment';
import { asDiscrete, DqnActor, type DqnActorOptions } from './dqn-actor.js';
import { DqnLearner, type DqnFields, type DqnLearnerOptions } from './dqn-learner.js';

export interface DqnAgentOptions<Observation>
  extends DqnActorOptions<Observation>, Omit<DqnLearnerOptions, 'stateSize' | 'actionCount'>, ReplayOptions {
  /** Updates after each round (default 1). */
  readonly updates?: number;
  /** What share of its full size the learning rate has (default: all of it). */
  readonly learningRateShare?: Schedule;
}

/**
 * DQN for any environment with discrete actions: network, exploration and replay in one. After a warm-up of uniform
 * actions it learns once a round.
 *
 * See "Human-level control through deep reinforcement learning", Mnih et al. 2015.
 */
export class DqnAgent<Observation> extends ReplayAgent<Observation, number, DqnFields, DqnLearner> {
  /** @throws TypeError where actions are not discrete, RangeError where an option is out of range. */
  constructor(options: DqnAgentOptions<Observation>) {
    const {
      observationSpace,
      actionSpace,
      batchSize = 64,
      warmup = 1000,
      prioritized,
      updates = 1,
      learningRateShare,
    } = options;
    const sizes = { stateSize: flatSize(observationSpace), actionCount: asDiscrete(actionSpace).size };
    const learner = new DqnLearner({ ...options, ...sizes });
    super({
      actor: new DqnActor(learner.network, options),
      learner,
      replay: createReplay(options, { fields: learner.fields, random: options.random.fork('replay') }),
      ...{ batchSize, updates, learnFrom: warmup + 1 },
      ...(prioritized?.beta === undefined ? {} : { beta: prioritized.beta }),
      ...(learningRateShare === undefined ? {} : { learningRateShare }),
    });
  }
}
