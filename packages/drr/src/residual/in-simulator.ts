import {
  syncVectorEnvironment,
  type Environment,
  type RecommendationObservation,
  type VectorEnvironment,
} from '@rl-recsys/environment';
import { linearSchedule } from '@rl-recsys/replay-buffer';
import { ResidualAgent, SESSIONS, type ResidualAgentOptions } from './agent.js';
import type { ResidualLearnerOptions } from './options.js';

/**
 * What differs where sessions can be simulated and data comes without end, found on users of moving taste apart from
 * those measured: spread it into the options of a `ResidualAgent`.
 */
export const simulatorDefaults: Partial<ResidualLearnerOptions> = {
  rewardsInState: true, // satiation and mood show in what items earned
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

/** How the default variant is made to learn in a simulator. */
export interface ResidualInSimulatorOptions extends Omit<ResidualAgentOptions, 'rounds' | 'sessions'> {
  /** Makes the environment of one of the sessions side by side. */
  readonly makeEnvironment: (session: number) => Environment<RecommendationObservation, number>;
  /** How many items training will show (default 64,000). */
  readonly steps?: number;
}

/** An agent that is ready to be trained in a simulator, by `train` of `@rl-recsys/agent`. */
export interface ResidualInSimulator {
  readonly agent: ResidualAgent;
  readonly environment: VectorEnvironment<RecommendationObservation, number>;
  readonly steps: number;
}

/**
 * DRR's default variant where sessions can be simulated: it plans, with γ = 0.98 and five-step returns unless the options
 * say otherwise. γ = 0 makes it myopic: it then learns what the next item earns and nothing else.
 */
export function residualInSimulator({
  makeEnvironment,
  steps = 64_000,
  ...options
}: ResidualInSimulatorOptions): ResidualInSimulator {
  const { gamma = 0.98, returnSteps = gamma === 0 ? 1 : RETURN_STEPS } = options;
  const rounds = Math.ceil(steps / SESSIONS);
  const agent = new ResidualAgent({
    ...simulatorDefaults,
    epsilon: (round) => linearSchedule(round, { from: 1, to: 0.1, steps: Math.ceil(rounds / 2) }),
    ...options,
    ...{ gamma, returnSteps, rounds, sessions: SESSIONS },
  });
  const makes = Array.from({ length: SESSIONS }, (_, session) => () => makeEnvironment(session));
  return { agent, environment: syncVectorEnvironment(makes), steps };
}
