import {
  syncVectorEnvironment,
  type Environment,
  type RecommendationObservation,
  type VectorEnvironment,
} from '@rl-recsys/environment';
import { assertOptionNames, namesWithout, type OptionNames } from '@rl-recsys/random';
import { linearSchedule } from '@rl-recsys/replay-buffer';
import { DecayingSums } from '@rl-recsys/state';
import { RESIDUAL_AGENT_NAMES, ResidualAgent, type ResidualAgentOptions } from './agent.js';
import type { ResidualLearnerOptions } from './options.js';

/**
 * What differs where sessions can be simulated and data comes without end, found on users of moving taste apart from
 * those measured: spread it into the options of a `ResidualAgent`.
 */
export const simulatorDefaults: Partial<ResidualLearnerOptions> = {
  stateLayer: () => new DecayingSums({}), // satiation grows with each item
  rewardsInState: true, // mood shows in what items earned
  residualRange: 2.5, // the optimum is far from where it starts
  temperature: 0.2,
  actorDropout: 0,
  criticDropout: 0,
  actorLearningRate: 1e-3,
};

/**
 * n of n-step returns: a mood lasts for some steps after an item. Bootstrapped after one step, three quarters of
 * what planning gains were reached, after five 0.9 (`movingTasteTypes`, on users apart from those measured).
 */
const RETURN_STEPS = 5;

/**
 * Sessions side by side: twice as many as on logs learn from twice the data in hardly more time, since updates take most
 * of it.
 */
export const SIMULATED_SESSIONS = 128;

/**
 * The share of a training that replay holds: returns of several steps describe whoever made them, and random play is
 * a bad guide. Where the next reward is all that counts none goes stale.
 */
const REPLAYED = 0.25;

/** How the default variant is made to learn in a simulator. */
export interface ResidualInSimulatorOptions extends Omit<ResidualAgentOptions, 'rounds'> {
  /** Makes the environment of one of the sessions side by side. */
  readonly makeEnvironment: (session: number) => Environment<RecommendationObservation, number>;
  /** How many items training will show (default 96,000). */
  readonly steps?: number;
}

const NAMES: OptionNames<ResidualInSimulatorOptions> = {
  ...namesWithout(RESIDUAL_AGENT_NAMES, 'rounds'),
  ...{ makeEnvironment: true, steps: true },
};

/** An agent that is ready to be trained in a simulator, by `train` of `@rl-recsys/agent`. */
export interface ResidualInSimulator {
  readonly agent: ResidualAgent;
  readonly environment: VectorEnvironment<RecommendationObservation, number>;
  readonly steps: number;
}

/**
 * DRR's default variant where sessions can be simulated: it plans, with γ = 0.98, five-step returns and a replay of the newest
 * quarter of a training unless the options say otherwise. γ = 0 makes it myopic: it then learns what the next item earns
 * and nothing else, from all that it has shown.
 *
 * @throws RangeError where an option is out of range or unknown.
 */
export function residualInSimulator(given: ResidualInSimulatorOptions): ResidualInSimulator {
  assertOptionNames(given, NAMES);
  const { makeEnvironment, steps = 96_000, sessions = SIMULATED_SESSIONS, ...options } = given;
  const { gamma = 0.98, returnSteps = gamma === 0 ? 1 : RETURN_STEPS } = options;
  const rounds = Math.ceil(steps / sessions);
  const agent = new ResidualAgent({
    ...simulatorDefaults,
    epsilon: (round) => linearSchedule(round, { from: 1, to: 0.1, steps: Math.ceil(rounds / 2) }),
    ...(gamma !== 0 && { capacity: Math.ceil(REPLAYED * steps) }),
    ...options,
    ...{ gamma, returnSteps, rounds, sessions },
  });
  const makes = Array.from({ length: sessions }, (_, session) => () => makeEnvironment(session));
  return { agent, environment: syncVectorEnvironment(makes), steps };
}
