import type { SessionStep } from '@rl-recsys/agent';
import type { RecommendationObservation } from '@rl-recsys/environment';

type Step = SessionStep<RecommendationObservation, number>;

/** A step of a session in which item after item is shown, earning `reward`; it goes on unless told otherwise. */
export function sessionStep(
  session: number,
  observation: RecommendationObservation,
  { action, reward, ended }: { action: number; reward: number; ended?: 'terminated' | 'truncated' },
): Step {
  const nextObservation = {
    ...observation,
    history: Int32Array.of(...observation.history.slice(1), action),
    rewards: Float32Array.of(...observation.rewards.slice(1), reward),
    candidates: observation.candidates.filter((item) => item !== action),
  };
  return {
    ...{ session, observation, action, reward, nextObservation },
    ...{ terminated: ended === 'terminated', truncated: ended === 'truncated' },
  };
}
