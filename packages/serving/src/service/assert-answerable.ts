import type { Recommender } from '@rl-recsys/recommender';
import { shown } from '../contract/check.js';
import type { Mode } from '../contract/answer.js';
import { RequestError } from '../contract/request-error.js';
import type { RecommendationRequest } from '../contract/recommendation-request.js';

/**
 * Whether a model can answer a request in a mode.
 *
 * @throws RequestError that names the field which it can't.
 */
export function assertAnswerable(
  request: RecommendationRequest,
  { parts: { items, log } }: Recommender,
  mode: Mode,
): void {
  for (const field of ['exclude', 'candidates', 'baseline'] as const) {
    for (const [place, item] of (request[field] ?? []).entries()) {
      if (items.indexOf(item) === undefined) refuseItem(`${field}[${place}]`, item);
    }
  }
  const { min, max } = log.scale;
  for (const [place, entry] of (request.history ?? []).entries()) {
    const { item, rating } = typeof entry === 'string' ? { item: entry, rating: max } : entry;
    const field = `history[${place}]`;
    if (items.indexOf(item) === undefined) refuseItem(field, item);
    if (!(rating >= min && rating <= max)) {
      throw new RequestError(
        'invalid',
        `${field}.rating`,
        `expected a rating from ${min} to ${max}, got ${rating}`,
      );
    }
  }
  if (mode !== 'online' && !(request.baseline && request.baseline.length > 0)) {
    throw new RequestError(
      'invalid',
      'baseline',
      `expected what you would show, since the mode is ${mode}, got nothing`,
    );
  }
}

function refuseItem(field: string, item: string): never {
  throw new RequestError('invalid', field, `expected an item of the catalogue, got ${shown(item)}`);
}
