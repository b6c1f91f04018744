import {
  recommendationRequestSchema,
  type FeedbackEvent,
  type RecommendationRequest,
} from '@rl-recsys/serving';
import type { RecommendationService } from '@rl-recsys/serving';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Scope } from '../keys/scopes.js';
import {
  answerSchema,
  eventParams,
  eventsBody,
  forgetBody,
  forgottenSchema,
  outcomesSchema,
  problemSchema,
} from './schemas.js';

/** What a service is asked by HTTP. */
export function routes(app: FastifyInstance, service: RecommendationService): void {
  const post = <Body, Params = object>(
    url: string,
    { scopes, summary, body, params, response }: Described,
    answer: (body: Body, params: Params) => Promise<{ readonly code: number; readonly body?: unknown }>,
  ) => {
    const refused = Object.fromEntries(
      [400, 401, 403, 404, 409, 413, 429, 503].map((code) => [code, problemSchema]),
    );
    const schema = {
      ...{ summary, response: { ...response, ...refused }, security: [{ key: [] }] },
      ...(body && { body }),
      ...(params && { params }),
    };
    app.post(url, { schema, config: { scopes } }, async (request, reply) => {
      const { code, body: answered } = await answer(request.body as Body, request.params as Params);
      return reply.code(code).send(answered);
    });
  };

  post<RecommendationRequest>(
    '/v1/recommendations',
    {
      ...{ scopes: ['recommend'], summary: 'Recommends items to a user, or to somebody by their history' },
      ...{ body: recommendationRequestSchema, response: { 200: answerSchema } },
    },
    async (request) => ({ code: 200, body: await service.recommend(request) }),
  );
  post<{ readonly events: readonly FeedbackEvent[] }>(
    '/v1/events',
    {
      ...{
        scopes: ['feedback'],
        summary: 'Takes what recommendations earned; what is accepted is on the disk',
      },
      ...{ body: eventsBody, response: { 202: outcomesSchema } },
    },
    async ({ events }) => ({ code: 202, body: { events: await service.record(events) } }),
  );
  post<unknown, { readonly id: string }>(
    '/v1/events/:id/activate',
    {
      ...{
        scopes: ['recommend', 'feedback'],
        summary: 'Says that a recommendation is shown which was not to count before',
      },
      ...{ params: eventParams, response: { 204: z.null().describe('it counts from now on') } },
    },
    async (_, { id }) => {
      await service.activate(id);
      return { code: 204 };
    },
  );
  post<{ readonly user: string }>(
    '/v1/forget',
    {
      ...{ scopes: ['forget'], summary: 'Removes what is known of a user from the log and the next answers' },
      ...{ body: forgetBody, response: { 200: forgottenSchema } },
    },
    async ({ user }) => ({ code: 200, body: { forgotten: await service.forget(user) } }),
  );
}

interface Described {
  readonly scopes: readonly Scope[];
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly params?: z.ZodType;
  readonly response: Readonly<Record<number, z.ZodType>>;
}
