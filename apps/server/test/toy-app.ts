import { memoryLog, openService, type FeedbackLog, type RecommendationService } from '@rl-recsys/serving';
import type { FastifyInstance } from 'fastify';
import { makeApp } from '../src/http/app.js';
import { KeyRing } from '../src/keys/key-ring.js';
import { hashOf } from '../src/keys/keys-file.js';
import type { Scope } from '../src/keys/scopes.js';
import { toyRecommender } from './toy-run.js';

/** Keys in plain text, by what they are good for. */
export const KEYS: Readonly<Record<Scope | 'everything', string>> = {
  recommend: 'key-to-recommend',
  feedback: 'key-for-feedback',
  metrics: 'key-to-metrics',
  forget: 'key-to-forget',
  everything: 'key-to-everything',
};

const scopesOf = (name: string): Scope[] =>
  name === 'everything' ? ['recommend', 'feedback', 'metrics', 'forget'] : [name as Scope];

export interface ToyApp {
  readonly app: FastifyInstance;
  readonly address: string;
  readonly service: RecommendationService;
  /** Sends a request with a key, everybody's by default, and gives what is answered. */
  ask(url: string, body?: unknown, key?: string): Promise<{ status: number; body: Record<string, unknown> }>;
}

/** A server in this process, on a port that is free. */
export async function toyApp({
  rate = 1e9,
  origins = [],
  log = memoryLog(),
}: { rate?: number; origins?: string[]; log?: FeedbackLog } = {}): Promise<ToyApp> {
  const models = { serving: { version: '0', recommender: await toyRecommender() } };
  const service = await openService({ models, log, temperature: 0 });
  const stored = Object.entries(KEYS).map(([name, key]) => ({
    name,
    sha256: hashOf(key),
    scopes: scopesOf(name),
  }));
  const keys = new KeyRing(stored);
  const app = await makeApp({ service, keys, rate, origins, version: '1.2.3', isReady: () => true });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const ask: ToyApp['ask'] = async (url, body, key = KEYS.everything) => {
    const method = body === undefined && !url.endsWith('/activate') ? 'GET' : 'POST';
    const headers = { authorization: `Bearer ${key}` };
    const json = { 'content-type': 'application/json' };
    const sent =
      body === undefined ? { headers } : { headers: { ...headers, ...json }, body: JSON.stringify(body) };
    const answer = await fetch(address + url, { method, ...sent });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
    };
  };
  return { app, address, service, ask };
}
