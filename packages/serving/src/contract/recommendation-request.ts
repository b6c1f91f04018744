import type { RatedItem } from '@rl-recsys/recommender';
import { z } from 'zod';
import { checked } from './check.js';
import { idSchema, itemsSchema, plainIdSchema } from './ids.js';
import { LIMITS } from './limits.js';

/** Who asks for a recommendation, and for what. */
export interface RecommendationRequest {
  /** What the recommendation is to be called (default: a new id). Asked again by the same id, the same answer comes. */
  readonly eventId?: string | undefined;
  /** A user's id; what their rewards told since the model was trained is taken into account. */
  readonly user?: string | undefined;
  /** In place of a user: what somebody liked, or rated on the log's scale, oldest first. */
  readonly history?: readonly (string | RatedItem)[] | undefined;
  /** What the visit is called; its recommendations belong together, and get answers of one arm. */
  readonly session?: string | undefined;
  /** How many items, at most {@link LIMITS}`.k`. */
  readonly k: number;
  /** Items that are not to be recommended, beside those that the user has rated. */
  readonly exclude?: readonly string[] | undefined;
  /** The only items that may be recommended (default: the whole catalogue). */
  readonly candidates?: readonly string[] | undefined;
  /** What the caller would show by itself, best first. Needed in the modes `apprentice` and `logging-only`. */
  readonly baseline?: readonly string[] | undefined;
  /** False where it is not sure that the answer will be shown: then it counts once it is activated (default true). */
  readonly activate?: boolean | undefined;
}

const RATED = 'expected the id of an item, or { item, rating }';
const ratedItem = z.union(
  [idSchema, z.strictObject({ item: idSchema, rating: z.number('expected a rating') })],
  RATED,
);
const HISTORY = `expected at most ${LIMITS.history} items, as ids or as { item, rating }`;
const K = `expected an integer from 1 to ${LIMITS.k}`;

/** The contract of a {@link RecommendationRequest}. */
export const recommendationRequestSchema: z.ZodType<RecommendationRequest> = z
  .strictObject(
    {
      eventId: plainIdSchema.optional(),
      user: idSchema.optional(),
      history: z.array(ratedItem, HISTORY).max(LIMITS.history, HISTORY).optional(),
      session: idSchema.optional(),
      k: z.int(K).min(1, K).max(LIMITS.k, K),
      exclude: itemsSchema(LIMITS.items).optional(),
      candidates: itemsSchema(LIMITS.items).optional(),
      baseline: itemsSchema(LIMITS.baseline).optional(),
      activate: z.boolean('expected true or false').optional(),
    },
    'expected an object such as { "user": "ann", "k": 10 }',
  )
  .refine(({ user, history }) => (user === undefined) !== (history === undefined), {
    path: ['user'],
    message: 'expected exactly one of user and history',
  })
  .refine(({ baseline }) => baseline === undefined || new Set(baseline).size === baseline.length, {
    path: ['baseline'],
    message: 'expected each item once',
  });

/**
 * A request as it should be.
 *
 * @throws RequestError that names the field which is not.
 */
export function checkRecommendationRequest(value: unknown): RecommendationRequest {
  return checked(recommendationRequestSchema, value, 'request');
}
