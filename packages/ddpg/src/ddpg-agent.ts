import { REPLAY_OPTION_NAMES, ReplayAgent, tidyValues, type ReplayOptions } from '@rl-recsys/agent';
import { flatSize } from '@rl-recsys/environment';
import {
  assertOptionNames,
  namesWithout,
  optionsNamed,
  type OptionNames,
  type Random,
} from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { boxScale } from './box-scale.js';
import { actionSizeOf, DDPG_ACTOR_NAMES, DdpgActor, type DdpgActorOptions } from './ddpg-actor.js';
import { DDPG_LEARNER_NAMES, DdpgLearner, type DdpgLearnerOptions } from './ddpg-learner.js';
import { replayParts } from './replay-parts.js';
import { flatteningOf, type Flattening, type VectorFields } from './vector-fields.js';

export interface DdpgAgentOptions<Observation>
  extends
    DdpgActorOptions<Observation>,
    Omit<DdpgLearnerOptions, 'stateSize' | 'actionSize'>,
    ReplayOptions {}

const LEARNING_NAMES = namesWithout(DDPG_LEARNER_NAMES, 'stateSize', 'actionSize');

/** The names of {@link DdpgAgentOptions}. */
export const DDPG_AGENT_NAMES: OptionNames<DdpgAgentOptions<never>> = {
  ...DDPG_ACTOR_NAMES,
  ...LEARNING_NAMES,
  ...REPLAY_OPTION_NAMES,
};

/** What TD3 changes (Fujimoto et al. 2018, table 3); spread it into the options of an agent. */
export function td3(
  random: Random,
): Required<Pick<DdpgAgentOptions<never>, 'criticCount' | 'policyDelay' | 'targetSmoothing'>> {
  return { criticCount: 2, policyDelay: 2, targetSmoothing: { deviation: 0.2, clip: 0.5, random } };
}

/**
 * DDPG, or TD3, for any environment with a box of actions: networks, noise and replay in one.
 *
 * Inside, actions lie in (−1, 1); they are scaled to the box on their way out. After a warm-up of uniform actions it
 * learns once a round.
 */
export class DdpgAgent<Observation> extends ReplayAgent<
  Observation,
  Float32Array,
  VectorFields,
  DdpgLearner
> {
  private readonly flattening: Flattening<Observation>;

  /** @throws TypeError where actions are no box, RangeError where a bound of the actions is not finite or an option is out of range or unknown. */
  constructor(options: DdpgAgentOptions<Observation>) {
    assertOptionNames(options, DDPG_AGENT_NAMES);
    const { observationSpace, actionSpace } = options;
    boxScale(actionSpace); // refuses what is no box before networks are made
    const sizes = { stateSize: flatSize(observationSpace), actionSize: actionSizeOf(actionSpace) };
    const learner = new DdpgLearner({ ...optionsNamed(options, LEARNING_NAMES), ...sizes });
    const acting = optionsNamed(options, DDPG_ACTOR_NAMES);
    super(replayParts(learner, () => new DdpgActor(learner.actorCritic, acting), options));
    this.flattening = flatteningOf(observationSpace);
  }

  /**
   * The first critic's value of each of several actions in one observation.
   *
   * @param actions - float32 `[actions, actionSize]`, in (−1, 1) as the networks see them.
   * @returns float32 `[actions]`
   * @throws RangeError where the actions have another length.
   */
  valuesOf(observation: Observation, actions: Float32Array): Float32Array {
    const { size: stateSize } = this.flattening;
    const actionSize = this.learner.fields.action.size;
    const count = actions.length / actionSize;
    if (!Number.isInteger(count)) {
      throw new RangeError(`actions: expected ${actionSize} numbers each, got ${actions.length} in all`);
    }
    return tidyValues(() => {
      const state = tf.tile(tf.tensor2d(this.flattening.flatten([observation]), [1, stateSize]), [count, 1]);
      const [critic] = this.learner.actorCritic.networks.critics;
      return critic!.apply([state, tf.tensor2d(actions, [count, actions.length / count])]) as tf.Tensor;
    });
  }
}
