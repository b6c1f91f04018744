import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { firstFault, RequestError, type RecommendationService } from '@rl-recsys/serving';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { KeyRing } from '../keys/key-ring.js';
import { authorize } from './authorize.js';
import { refuseBroken } from './broken-request.js';
import { parseJsonBodies } from './json-body.js';
import { metricsOf } from './metrics.js';
import { operations } from './operations.js';
import { OURS, problemOf, RATE } from './problem.js';
import { routes } from './routes.js';

/** What a server is made of. */
export interface AppOptions {
  readonly service: RecommendationService;
  /** Who may ask; undefined: everybody. */
  readonly keys: KeyRing | undefined;
  /** Requests a second and key, or address where there are no keys. */
  readonly rate: number;
  /** The origins whose pages may ask. */
  readonly origins: readonly string[];
  readonly version: string;
  readonly isReady: () => boolean;
}

/** The largest body: a thousand ids in each list of a request fit. */
const MOST_BYTES = 1 << 20;

/** A server that does not listen yet. */
export async function makeApp({
  service,
  keys,
  rate,
  origins,
  version,
  isReady,
}: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MOST_BYTES,
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseBroken,
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: (error, _, reply: FastifyReply) => {
      const { status, ...problem } = problemOf(error) ?? OURS;
      void reply.code(status).send(problem);
    },
  });
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (value) => {
    const parsed = parsedBy(schema, value);
    if (parsed === undefined) {
      const sentence =
        'expected lists, texts and numbers that can be compared, got an object in place of one';
      return { error: new RequestError('invalid', 'body', sentence) };
    }
    if (parsed.success) return { value: parsed.data };
    const { field, sentence } = firstFault(parsed.error.issues[0]!, value, 'body');
    return { error: new RequestError('invalid', field, sentence) };
  });
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler((error, _, reply) => {
    const told = problemOf(error);
    if (told === undefined) console.error(error);
    const { status, ...problem } = told ?? OURS;
    return reply.code(status).send(problem);
  });
  app.setNotFoundHandler(({ method, url }, reply) => {
    const sentence = `expected a method and an address that /openapi.json has, got ${method} ${url.slice(0, 80)}`;
    return reply.code(404).send({ field: 'url', message: `url: ${sentence}` });
  });
  parseJsonBodies(app);
  authorize(app, keys);
  await app.register(swagger, {
    openapi: {
      info: { title: 'rl-recsys', version, description: 'Recommendations that learn from what they earn.' },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
  if (origins.length > 0) await app.register(cors, { origin: [...origins] });
  await app.register(rateLimit, {
    ...{ max: rate, timeWindow: 1000, keyGenerator: ({ keyName, ip }) => keyName ?? ip },
    errorResponseBuilder: (_, { max }) =>
      Object.assign(new Error(`expected at most ${max} requests a second, got more`), {
        ...{ statusCode: 429, code: RATE },
      }),
  });
  const metrics = metricsOf(app, service);
  await app.register((scope, _, done) => {
    routes(scope, service);
    operations(scope, service, { isReady, metrics });
    done();
  });
  return app;
}

/** Undefined where zod itself stumbles: it compares the `length` of whatever has one, also one that is `{ toString: 1 }`. */
function parsedBy(schema: z.ZodType, value: unknown): ReturnType<typeof schema.safeParse> | undefined {
  try {
    return schema.safeParse(value);
  } catch {
    return undefined;
  }
}
