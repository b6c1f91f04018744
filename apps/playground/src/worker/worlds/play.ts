import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import type { MeasuredPolicy } from '@rl-recsys/simulators';

/** Plays one session by a policy that always shows its best candidate, and returns what it earned. */
export async function returnOf(
  policy: MeasuredPolicy,
  environment: Environment<RecommendationObservation, number>,
  seed: number,
): Promise<number> {
  let { observation } = await environment.reset({ seed });
  let sum = 0;
  for (let over = false; !over;) {
    const step = await environment.step(bestCandidate(policy, observation));
    sum += step.reward;
    over = step.terminated || step.truncated;
    observation = step.observation;
  }
  return sum;
}

function bestCandidate(policy: MeasuredPolicy, observation: RecommendationObservation): number {
  const candidates = observation.candidates.slice().sort(); // so that of equal scores the lower index stands first
  const scores = new Float32Array(candidates.length);
  policy.score(observation, candidates, scores);
  let best = 0;
  for (let place = 1; place < scores.length; place++) if (scores[place]! > scores[best]!) best = place;
  return candidates[best]!;
}
