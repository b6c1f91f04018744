import type { RecommendationService } from '@rl-recsys/serving';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { readySchema } from './schemas.js';

/** What those ask who keep a server running. */
export function operations(
  app: FastifyInstance,
  service: RecommendationService,
  { isReady, metrics }: { readonly isReady: () => boolean; readonly metrics: Registry },
): void {
  const unlimited = { rateLimit: false as const };
  const schema = (summary: string) => ({ summary });
  app.get('/livez', { schema: schema('Whether the process answers'), config: unlimited }, () => ({
    alive: true,
  }));
  app.get(
    '/readyz',
    {
      schema: { summary: 'Whether to send requests here', response: { 200: readySchema, 503: readySchema } },
      config: unlimited,
    },
    (_, reply) => {
      const { trouble } = service;
      const ready = isReady() && trouble === undefined;
      const waiting = isReady() ? `feedback: ${trouble?.message}` : 'warming up, or stopping';
      return reply.code(ready ? 200 : 503).send({ ready, message: ready ? 'ready' : waiting });
    },
  );
  app.get(
    '/metrics',
    { schema: schema('Figures for Prometheus'), config: { scopes: ['metrics'] } },
    async (_, reply) => reply.type(metrics.contentType).send(await metrics.metrics()),
  );
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
