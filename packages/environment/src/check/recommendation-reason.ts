import { NO_ITEM } from '../histories.js';
import type { RecommendationObservation, RecommendationSizes } from '../recommendation.js';
import { arrayReason, numberReason } from './array-reason.js';
import { isRecord } from './copy.js';
import { describe } from './describe.js';

/** Why a value is no recommender's observation of these sizes. */
export function recommendationReason(
  { userCount, itemCount, historySize }: RecommendationSizes,
  value: unknown,
  path: string,
): string | undefined {
  if (!isRecord(value)) return `${path} was ${describe(value)}, not a record`;
  const missing = ['user', 'history', 'rewards', 'candidates'].find((name) => !(name in value));
  if (missing !== undefined) return `${path}.${missing} was missing`;
  const { user, history, rewards, candidates } = value as unknown as RecommendationObservation;
  if (!(Number.isInteger(user) && user >= 0 && user < userCount)) {
    return `${path}.user was ${describe(user)}, not an integer from 0 to ${userCount - 1}`;
  }
  return (
    arrayReason('Int32Array', historySize, history, `${path}.history`) ??
    numberReason(history, `${path}.history`, () => [NO_ITEM, itemCount - 1]) ??
    paddingReason(history, `${path}.history`) ??
    arrayReason('Float32Array', historySize, rewards, `${path}.rewards`) ??
    numberReason(rewards, `${path}.rewards`, () => [-Infinity, Infinity]) ??
    arrayReason('Int32Array', undefined, candidates, `${path}.candidates`) ??
    numberReason(candidates, `${path}.candidates`, () => [0, itemCount - 1]) ??
    repetitionReason(candidates, `${path}.candidates`)
  );
}

function repetitionReason(candidates: Int32Array, path: string): string | undefined {
  const seen = new Set<number>();
  const place = candidates.findIndex((item) => seen.size === seen.add(item).size);
  return place < 0 ? undefined : `${path}[${place}] was ${candidates[place]} again`;
}

function paddingReason(history: Int32Array, path: string): string | undefined {
  const place = history.findIndex(
    (item, index) => index > 0 && item === NO_ITEM && history[index - 1] !== NO_ITEM,
  );
  return place < 0 ? undefined : `${path}[${place}] was NO_ITEM (${NO_ITEM}) after an item: pad in front`;
}
