import type { RecommendationService } from '@rl-recsys/serving';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: from what a policy takes to what a caller waits for. */
const BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2];

/** Counts what the server does, for Prometheus. */
export function metricsOf(app: FastifyInstance, service: RecommendationService): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    ...{ name: 'http_request_duration_seconds', help: 'how long requests took to answer', buckets: BUCKETS },
    ...{ labelNames: ['route', 'status'], registers: [registry] },
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'; // not the path, of which there are as many as callers like
    seconds.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  const counter = (name: string, help: string, labels: string[], count: (counted: Counter) => void) =>
    new Counter({
      ...{ name: `rl_recsys_${name}_total`, help, labelNames: labels, registers: [registry] },
      collect() {
        this.reset();
        count(this);
      },
    });
  const gauge = (name: string, help: string, labels: string[], set: (gauged: Gauge) => void) =>
    new Gauge({
      ...{ name: `rl_recsys_${name}`, help, labelNames: labels, registers: [registry] },
      collect() {
        this.reset();
        set(this);
      },
    });
  counter(
    'recommendations',
    'recommendations that were answered, by the arm that answered',
    ['arm'],
    (counted) => {
      for (const [arm, count] of Object.entries(service.figures().answered)) counted.inc({ arm }, count);
    },
  );
  counter('events', 'events that came, by what became of them', ['status'], (counted) => {
    for (const [status, count] of Object.entries(service.figures().events)) counted.inc({ status }, count);
  });
  counter('unlogged', 'recommendations that were answered and could not be written down', [], (counted) =>
    counted.inc(service.figures().unlogged),
  );
  counter('batches', 'batches of recommendations that were ranked together', [], (counted) =>
    counted.inc(service.figures().batches),
  );
  counter('compared', 'recommendations with a baseline for which the policy was asked', [], (counted) =>
    counted.inc(service.figures().compared),
  );
  counter('agreed', 'those of them where the policy would have shown the same item first', [], (counted) =>
    counted.inc(service.figures().agreed),
  );
  gauge('model', 'the versions that answer: 1, or the share of sessions', ['arm', 'version'], (gauged) => {
    const { serving, canary } = service.models;
    gauged.set({ arm: 'serving', version: serving.version }, 1);
    if (canary) gauged.set({ arm: 'canary', version: canary.version }, canary.share);
  });
  gauge('fresh_users', 'users of whom something is known that the model has not seen', [], (gauged) =>
    gauged.set(service.figures().freshUsers),
  );
  gauge('log_in_trouble', '1 while the feedback log can not be written', [], (gauged) =>
    gauged.set(service.trouble === undefined ? 0 : 1),
  );
  return registry;
}
