import type { MaybePromise, RecommendationObservation } from '@rl-recsys/environment';
import type { Policy } from '../policy.js';

/** One step of a session: what the policy saw, showed and earned, and what it sees now. */
export interface SessionStep {
  readonly observation: RecommendationObservation;
  /** The item that was shown. */
  readonly action: number;
  readonly reward: number;
  readonly nextObservation: RecommendationObservation;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** A policy that goes on learning while it serves a user. */
export interface LearningPolicy extends Policy {
  /** Goes back to the trained parameters and forgets every step; called before each session. */
  reset(): MaybePromise<void>;
  /** Learns from a step of the running session; called after each. */
  observe(step: SessionStep): MaybePromise<void>;
}

/** Whether a policy learns within sessions. */
export function isLearning(policy: Policy): policy is LearningPolicy {
  const { reset, observe } = policy as Partial<LearningPolicy>;
  return typeof reset === 'function' && typeof observe === 'function';
}
