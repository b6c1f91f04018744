import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import type { Policy } from '../policy.js';
import { scoreItems } from '../score-items.js';
import { topPlaces } from '../top-places.js';
import type { SessionStep } from './learning-policy.js';

/** A session that was played. */
export interface PlayedSession {
  readonly user: number;
  /** What was shown, in its order. */
  readonly items: readonly number[];
  /** What each of that earned. */
  readonly rewards: readonly number[];
}

/**
 * Plays one session: at each step the candidate with the highest score is shown, of equals the one of the
 * lowest index. It ends after `steps`, or when the environment ends it.
 *
 * @param seed - what the environment is reset with.
 * @param observe - is told of each step before the next is chosen.
 * @throws RangeError where there is no candidate to show, or the policy leaves one without a score.
 */
export async function playSession(
  policy: Policy,
  environment: Environment<RecommendationObservation, number>,
  { steps, seed, observe }: { steps: number; seed: number; observe: (step: SessionStep) => unknown },
): Promise<PlayedSession> {
  let { observation } = await environment.reset({ seed });
  const { user } = observation;
  const items: number[] = [];
  const rewards: number[] = [];
  for (let isRunning = true; isRunning && items.length < steps;) {
    const action = chooseItem(policy, observation);
    const result = await environment.step(action);
    const { observation: nextObservation, terminated, truncated } = result;
    items.push(action);
    rewards.push(result.reward);
    await observe({ observation, action, reward: result.reward, nextObservation, terminated, truncated });
    observation = nextObservation;
    isRunning = !terminated && !truncated;
  }
  return { user, items, rewards };
}

function chooseItem(policy: Policy, { candidates, ...seen }: RecommendationObservation): number {
  if (candidates.length === 0) {
    throw new RangeError(`environment: expected a candidate for user ${seen.user}, got none`);
  }
  // Sorted, so that the order of the candidates tells nothing.
  const items = candidates.slice().sort();
  const scores = new Float32Array(items.length);
  const { user, history, rewards } = seen;
  scoreItems(policy, [
    { observation: { user, history: history.slice(), rewards: rewards.slice() }, items, scores },
  ]);
  return items[topPlaces(scores, 1)[0]!]!;
}
