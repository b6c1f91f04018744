import type { FastifyInstance } from 'fastify';
import type { KeyRing } from '../keys/key-ring.js';
import type { Scope } from '../keys/scopes.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key has to be good for, one of these; nothing where anybody may ask. */
    scopes?: readonly Scope[];
  }
  interface FastifyRequest {
    /** Whose key came with it. */
    keyName: string | undefined;
  }
}

/**
 * Asks for a key before anything else of a request is read.
 *
 * @param keys - undefined where everybody may do everything.
 */
export function authorize(app: FastifyInstance, keys: KeyRing | undefined): void {
  app.decorateRequest('keyName', undefined);
  if (keys === undefined) return;
  app.addHook('onRequest', async (request, reply) => {
    const { scopes } = request.routeOptions.config;
    if (scopes === undefined) return;
    const refuse = (status: number, sentence: string) =>
      reply.code(status).send({ field: 'authorization', message: `authorization: ${sentence}` });
    const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const holder = key === undefined ? undefined : keys.holderOf(key);
    if (holder === undefined) {
      void reply.header('www-authenticate', 'Bearer');
      return refuse(
        401,
        `expected "Bearer" and a key, got ${key === undefined ? 'none' : 'one that nobody holds'}`,
      );
    }
    if (!scopes.some((scope) => holder.scopes.has(scope))) {
      return refuse(
        403,
        `expected a key for ${scopes.join(' or ')}, got ${holder.name}'s, which is for others`,
      );
    }
    request.keyName = holder.name;
  });
}
