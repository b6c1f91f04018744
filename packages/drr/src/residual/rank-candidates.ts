import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { joinHistories } from '../histories.js';
import { CandidateChoice } from './candidates.js';
import type { ResidualLearner } from './learner.js';

/**
 * What is stored of the candidates of each state, as the learning actor's a = π(s) ranks them: its best choice first.
 *
 * @param random - draws which of many candidates are stored beside the best.
 * @returns int32 `[count]` for each observation, of `storedCandidates`.
 * @throws RangeError where an index is in no table, or the histories have another length.
 */
export function rankCandidates(
  learner: ResidualLearner,
  observations: readonly RecommendationObservation[],
  random: Random,
): Int32Array[] {
  if (observations.length === 0) return [];
  const { learningItems: items, historySize, fields } = learner;
  const actions = learner.act(joinHistories(observations, historySize));
  const choice = new CandidateChoice(items, fields.candidates.size);
  return observations.map(({ candidates }, row) =>
    choice.of(candidates, actions.subarray(row * items.size, (row + 1) * items.size), random),
  );
}
