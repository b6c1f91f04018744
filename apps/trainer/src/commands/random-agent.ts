import type { Agent } from '@rl-recsys/agent';
import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { kindOf } from '../variants/space-kind.js';

/** Acts by chance: samples of the action space, where items are recommended one of those that may be shown. */
export function randomAgent(
  { observationSpace, actionSpace }: Environment<unknown, unknown>,
  random: Random,
): Pick<Agent<unknown, unknown>, 'act'> {
  if (kindOf(observationSpace) !== 'recommendation')
    return { act: (observations) => observations.map(() => actionSpace.sample(random)) };
  return {
    act: (observations) =>
      (observations as readonly RecommendationObservation[]).map(
        ({ candidates }) => candidates[random.integer(candidates.length)],
      ),
  };
}
