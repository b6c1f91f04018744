import type { Environment } from '../environment.js';
import type { RecommendationObservation, RecommendationSpace } from '../recommendation.js';
import type { ChooseAction } from './play.js';

/** Any action of the space; for a recommender one of the candidates, if there are any. */
export function chooseMember({ observationSpace, actionSpace }: Environment<unknown, unknown>): ChooseAction {
  const { kind } = observationSpace as Partial<RecommendationSpace>;
  return (observation, random) => {
    const candidates = kind === 'recommendation' ? candidatesOf(observation) : [];
    return candidates.length > 0 ? candidates[random.integer(candidates.length)] : actionSpace.sample(random);
  };
}

function candidatesOf(observation: unknown): ArrayLike<number> {
  // What is shown may be anything: that it is no member of its space is found elsewhere.
  const candidates = (observation as Partial<RecommendationObservation> | null | undefined)?.candidates;
  return candidates instanceof Int32Array ? candidates : [];
}
