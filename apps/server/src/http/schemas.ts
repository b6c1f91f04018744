import { feedbackEventsSchema, plainIdSchema } from '@rl-recsys/serving';
import { z } from 'zod';

/** What is sent and answered beside a request for a recommendation. */
export const eventsBody = z.strictObject(
  { events: feedbackEventsSchema },
  'expected an object such as { "events": […] }',
);
export const eventParams = z.strictObject({ id: plainIdSchema });
const USER = 'expected the id of a user';
export const forgetBody = z.strictObject(
  { user: z.string(USER).min(1, USER).max(256, USER) },
  'expected an object such as { "user": "ann" }',
);

export const answerSchema = z.object({
  eventId: z.string().describe('what the recommendation is called: what it earned is told by this id'),
  model: z.string().describe('the version of the model'),
  arm: z.enum(['serving', 'canary']),
  items: z.array(
    z.object({
      item: z.string(),
      score: z
        .number()
        .nullable()
        .describe('null where the caller decides and the policy has not looked at it'),
      probability: z.number().describe('how likely it was to stand here, given those before it'),
    }),
  ),
});
export const outcomesSchema = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['accepted', 'late', 'repeated', 'refused']),
      message: z.string().optional().describe('why it was refused'),
    }),
  ),
});
export const forgottenSchema = z.object({ forgotten: z.int().describe('how many records were removed') });
export const readySchema = z.object({ ready: z.boolean(), message: z.string() });
export const problemSchema = z.object({
  field: z.string().describe('which field of the request it is about'),
  message: z.string().describe('a sentence that begins with the field'),
});
