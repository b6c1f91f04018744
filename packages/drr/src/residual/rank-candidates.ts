import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { HistoryRoom } from '../histories.js';
import { CandidateChoice } from './candidates.js';
import type { ResidualLearner } from './learner.js';

/**
 * What is stored of the candidates of each state, as the learning actor's a = π(s) ranks them: its best choice first.
 *
 * @param random - draws which of many candidates are stored beside the best.
 * @param room - where the states are joined.
 * @returns int32 `[count]` for each observation, of `storedCandidates`.
 * @throws RangeError where an index is in no table, or the histories have another length.
 */
export function rankCandidates(
  learner: ResidualLearner,
  observations: readonly RecommendationObservation[],
  random: Random,
  room: HistoryRoom = new HistoryRoom(),
): Int32Array[] {
  if (observations.length === 0) return [];
  const { historySize, fields } = learner;
  const { size: count } = fields.candidates;
  const actions = learner.act(room.join(observations, historySize));
  const choice = new CandidateChoice(count);
  // One array for all states: one of its own for each would cost more than is in it.
  const stored = new Int32Array(observations.length * count);
  const ranked: Int32Array[] = [];
  const candidates = observations.map((observation) => observation.candidates);
  learner.scoreEach(actions, candidates, (state, scores, from) => {
    const own = stored.subarray(state * count, (state + 1) * count);
    ranked.push(choice.of(candidates[state]!, scores, from, random, own));
  });
  return ranked;
}
