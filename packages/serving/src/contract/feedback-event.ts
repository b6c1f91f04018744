import { z } from 'zod';
import { checked } from './check.js';
import { idSchema, plainIdSchema } from './ids.js';
import { LIMITS } from './limits.js';

/** What somebody did, and what that is worth: an answer to a recommendation, or something that they found by themselves. */
export interface FeedbackEvent {
  /** The caller's own name for it: sent again, it counts once. */
  readonly id: string;
  /** The recommendation that it answers. */
  readonly eventId?: string | undefined;
  /** In place of a recommendation: who did it. It is learned from as a past is, and joined to nothing. */
  readonly user?: string | undefined;
  /** Which item (default: the first of the recommendation). */
  readonly item?: string | undefined;
  /** From −1, as bad as can be, to 1; 0 is neither good nor bad, and what an item earns that nothing is heard of. */
  readonly reward: number;
}

const REWARD = 'expected a number from -1 to 1';

const eventSchema = z
  .strictObject(
    {
      id: plainIdSchema,
      eventId: plainIdSchema.optional(),
      user: idSchema.optional(),
      item: idSchema.optional(),
      reward: z.number(REWARD).min(-1, REWARD).max(1, REWARD),
    },
    'expected an object such as { "id": "1", "eventId": "…", "reward": 1 }',
  )
  .refine(({ eventId, user }) => (eventId === undefined) !== (user === undefined), {
    path: ['eventId'],
    message: 'expected exactly one of eventId and user',
  })
  .refine(({ user, item }) => user === undefined || item !== undefined, {
    path: ['item'],
    message: 'expected the id of an item, since there is no recommendation',
  });

const EVENTS = `expected 1 to ${LIMITS.events} events`;

/** The contract of a batch of {@link FeedbackEvent}s. */
export const feedbackEventsSchema: z.ZodType<FeedbackEvent[]> = z
  .array(eventSchema, EVENTS)
  .min(1, EVENTS)
  .max(LIMITS.events, EVENTS);

/**
 * Events as they should be.
 *
 * @throws RequestError that names the field which is not, such as `events[2].reward`.
 */
export function checkFeedbackEvents(value: unknown): FeedbackEvent[] {
  return checked(feedbackEventsSchema, value, 'events');
}
