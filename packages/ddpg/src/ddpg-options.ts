import type { OptionNames, Random } from '@rl-recsys/random';

/** The losses that can train the encoder. */
export const ENCODER_SIGNALS = ['actor', 'critic', 'both'] as const;

/** Whose loss trains the encoder. */
export type EncoderSignal = (typeof ENCODER_SIGNALS)[number];

export interface DdpgOptions {
  /** Learning rate of the actor (default 1e-4; Lillicrap et al. 2015, section 7). */
  readonly actorLearningRate?: number;
  /** Learning rate of the critic (default 1e-3; the same section). */
  readonly criticLearningRate?: number;
  /** How far the targets move at each update (default 0.001; the same section). */
  readonly tau?: number;
  /** Whose loss trains the encoder (default 'actor', as DRR does; Liu et al. 2018, Algorithm 1). */
  readonly encoderSignal?: EncoderSignal;
  /**
   * What dropout in the encoder draws from: while they learn, its layers are called with `{ training: true, random }`
   * (default: without either).
   */
  readonly encoderRandom?: Random;
  /** Updates of the critics for each one of actor and targets (default 1; TD3: 2). */
  readonly policyDelay?: number;
  /** Smooths the target policy by noise (default: none, as in DDPG). */
  readonly targetSmoothing?: TargetSmoothing;
  /** Gradients longer than this, all of a loss's together, are shortened to it (default: none is). */
  readonly maxGradientNorm?: number;
  /**
   * λ of a penalty λ · mean(a²) on the actor's actions, which keeps tanh from saturating (default 0;
   * Andrychowicz et al. 2017, arXiv 1707.01495, appendix A).
   */
  readonly actionPenalty?: number;
}

/** The names of {@link DdpgOptions}. */
export const DDPG_OPTION_NAMES: OptionNames<DdpgOptions> = {
  ...{ actorLearningRate: true, criticLearningRate: true, tau: true, encoderSignal: true },
  ...{ encoderRandom: true, policyDelay: true, targetSmoothing: true, maxGradientNorm: true },
  actionPenalty: true,
};

/** Noise on the target policy's actions (Fujimoto et al. 2018, arXiv 1802.09477, section 5.3). */
export interface TargetSmoothing {
  /** Standard deviation, of actions in (−1, 1) (TD3: 0.2). */
  readonly deviation: number;
  /** Where the noise is clipped (TD3: 0.5). */
  readonly clip: number;
  readonly random: Random;
}

/** The options that an update reads, with their defaults filled in. */
export type LearnerSettings = Required<
  Pick<DdpgOptions, 'tau' | 'encoderSignal' | 'policyDelay' | 'maxGradientNorm' | 'actionPenalty'>
>;
