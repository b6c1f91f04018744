import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { memoryLog } from '@rl-recsys/serving';
import { depthOf } from '../src/http/json-body.js';
import { KEYS, toyApp, type ToyApp } from './toy-app.js';
import { toyRecommender } from './toy-run.js';

let toy: ToyApp;
beforeAll(async () => {
  toy = await toyApp();
});
afterAll(() => toy.app.close());

type Items = { item: string; score: number; probability: number }[];

test('answers what the recommender recommends', async () => {
  const recommender = await toyRecommender();
  const askers = ['user-3', 'nobody', { history: ['item-1', { item: 'item-4', rating: 2 }] }];
  for (const asker of askers) {
    const who = typeof asker === 'string' ? { user: asker } : asker;
    const { status, body } = await toy.ask('/v1/recommendations', { ...who, k: 5 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ eventId: expect.any(String), model: '0', arm: 'serving' });
    const expected = recommender.recommend(asker, { k: 5 }).map((each) => ({ ...each, probability: 1 }));
    expect(body['items']).toEqual(expected);
  }
});

test('takes events once, and lets a recommendation count later', async () => {
  const request = { eventId: 'e-1', user: 'user-4', session: 's', k: 2, activate: false };
  const { body } = await toy.ask('/v1/recommendations', request);
  expect((await toy.ask('/v1/recommendations', request)).body).toEqual(body);
  expect((await toy.ask('/v1/events/e-1/activate')).status).toBe(204);
  const item = (body['items'] as Items)[1]!.item;
  const events = { events: [{ id: 'r-1', eventId: 'e-1', item, reward: 0.5 }] };
  const outcomes = [await toy.ask('/v1/events', events), await toy.ask('/v1/events', events)];
  expect(outcomes).toEqual([
    { status: 202, body: { events: [{ id: 'r-1', status: 'accepted' }] } },
    { status: 202, body: { events: [{ id: 'r-1', status: 'repeated' }] } },
  ]);
  expect(await toy.ask('/v1/forget', { user: 'user-4' })).toEqual({ status: 200, body: { forgotten: 2 } });
});

describe('what is refused names its field', () => {
  const refusals: [field: string, status: number, url: string, body?: unknown][] = [
    ['k', 400, '/v1/recommendations', { user: 'ann' }],
    ['history[1]', 400, '/v1/recommendations', { history: ['item-1', 'x'], k: 1 }],
    ['seen', 400, '/v1/recommendations', { user: 'ann', k: 1, seen: [] }],
    ['body', 400, '/v1/recommendations', [[[[[[[[[1]]]]]]]]]],
    ['body', 400, '/v1/recommendations', []],
    ['body', 400, '/v1/recommendations', { user: 'ann', k: 1, baseline: { length: { toString: 1 } } }],
    ['events[0].reward', 400, '/v1/events', { events: [{ id: 'r', eventId: 'e', reward: 2 }] }],
    ['events', 400, '/v1/events', {}],
    ['user', 400, '/v1/forget', { user: '' }],
    ['id', 404, '/v1/events/never/activate'],
    ['id', 400, '/v1/events/..%2f..%2fx/activate'],
    ['url', 404, '/v1/nothing'],
    ['url', 404, '/v1/recommendations'],
    ['url', 400, '/%zz'],
    ['body', 413, '/v1/recommendations', { user: 'a'.repeat(2 << 20), k: 1 }],
  ];
  test.each(refusals)('%s with %i', async (field, status, url, ...[body]) => {
    const answer = await toy.ask(url, body);
    expect(answer).toMatchObject({ status, body: { field } });
    expect(answer.body['message']).toMatch(new RegExp(`^${field.replace(/[[\].]/g, '\\$&')}: `));
  });

  test('when an id is given to something else, or JSON is none', async () => {
    await toy.ask('/v1/recommendations', { eventId: 'taken', user: 'user-1', k: 1 });
    const other = await toy.ask('/v1/recommendations', { eventId: 'taken', user: 'user-1', k: 2 });
    expect(other).toMatchObject({ status: 409, body: { field: 'eventId' } });
    const send = async (payload: string, type = 'application/json') => {
      const headers = { authorization: `Bearer ${KEYS.everything}`, 'content-type': type };
      const answer = await fetch(`${toy.address}/v1/events`, { method: 'POST', headers, body: payload });
      return [answer.status, ((await answer.json()) as { field: string }).field];
    };
    expect(await send('{"events":')).toEqual([400, 'body']);
    expect(await send('')).toEqual([400, 'body']);
    expect(await send('{"events":[],"__proto__":{"x":1}}')).toEqual([400, 'body']);
    expect(await send('{"events":[],"constructor":{"prototype":{"x":1}}}')).toEqual([400, 'body']);
    expect(await send('<events/>', 'text/xml')).toEqual([415, 'content-type']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('when it is no HTTP at all, and the connection ends', async () => {
    const { port } = new URL(toy.address);
    const say = (bytes: string) =>
      new Promise<string>((resolve, reject) => {
        let answer = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
        socket.on('data', (part) => (answer += part.toString()));
        socket.on('end', () => resolve(answer)).on('error', reject);
      });
    expect(await say('\0\0\0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"field":"request","message":"request: /s);
    const long = `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await say(long)).toMatch(/^HTTP\/1\.1 431 .*"field":"request"/s);
  });

  test('brackets in texts are not depth', () => {
    expect(depthOf('{"a":[{"b":"[[[[\\"[[["}],"c":[]}')).toBe(3);
    expect(depthOf('"')).toBe(0);
    expect(depthOf('['.repeat(100_000))).toBe(100_000);
  });
});

describe('a key', () => {
  const good: [name: keyof typeof KEYS, url: string, body: unknown][] = [
    ['recommend', '/v1/recommendations', { user: 'user-1', k: 1 }],
    ['feedback', '/v1/events', { events: [{ id: 'k', user: 'user-1', item: 'item-1', reward: 1 }] }],
    ['metrics', '/metrics', undefined],
    ['forget', '/v1/forget', { user: 'nobody' }],
  ];
  test.each(good)('for %s opens that, and nothing else', async (name, url, body) => {
    for (const [other, key] of Object.entries(KEYS)) {
      const { status, body: answer } = await toy.ask(url, body, key);
      if (other === name || other === 'everything') expect(status).toBeLessThan(300);
      else expect([status, answer['field']]).toEqual([403, 'authorization']);
    }
    expect(await toy.ask(url, body, 'of-nobody')).toMatchObject({
      status: 401,
      body: { field: 'authorization' },
    });
  });

  test('is needed for all but health and the description', async () => {
    const open = await Promise.all(
      ['/livez', '/readyz', '/openapi.json'].map((url) => fetch(toy.address + url)),
    );
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200]);
    const closed = await fetch(`${toy.address}/metrics`);
    expect([closed.status, closed.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });
});

test('describes itself', async () => {
  const { body } = await toy.ask('/openapi.json');
  expect(body).toMatchObject({ openapi: expect.stringMatching(/^3/), info: { version: '1.2.3' } });
  const paths = body['paths'] as Record<string, Record<string, { responses: object }>>;
  expect(Object.keys(paths).sort()).toEqual([
    ...['/livez', '/metrics', '/readyz', '/v1/events', '/v1/events/{id}/activate', '/v1/forget'],
    '/v1/recommendations',
  ]);
  const codes = Object.keys(paths['/v1/recommendations']!['post']!.responses);
  expect(codes).toEqual(['200', '400', '401', '403', '404', '409', '413', '429', '503']);
});

test('counts what it does', async () => {
  const { body } = await toy.ask('/metrics');
  const text = body['text'] as string;
  expect(text).toMatch(/rl_recsys_recommendations_total\{arm="serving"\} [1-9]/);
  expect(text).toMatch(/rl_recsys_events_total\{status="accepted"\} [1-9]/);
  expect(text).toContain('rl_recsys_model{arm="serving",version="0"} 1');
  expect(text).toMatch(
    /http_request_duration_seconds_count\{route="\/v1\/recommendations",status="200"\} \d/,
  );
});

test('limits how often a key asks', async () => {
  const limited = await toyApp({ rate: 3 });
  const statuses = [];
  for (let asked = 0; asked < 5; asked++) {
    statuses.push((await limited.ask('/v1/recommendations', { user: 'user-1', k: 1 })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect(await limited.ask('/v1/recommendations', { user: 'user-1', k: 1 })).toMatchObject({
    body: { field: 'rate', message: 'rate: expected at most 3 requests a second, got more' },
  });
  const other = await limited.ask('/v1/recommendations', { user: 'user-1', k: 1 }, KEYS.recommend);
  expect(other.status).toBe(200);
  await limited.app.close();
});

test('lets pages of the origins that are named ask, and no others', async () => {
  const open = await toyApp({ origins: ['https://shop.example'] });
  const allowed = async (origin: string) => {
    const headers = { origin, 'access-control-request-method': 'POST' };
    const answer = await fetch(`${open.address}/v1/recommendations`, { method: 'OPTIONS', headers });
    return answer.headers.get('access-control-allow-origin');
  };
  expect(await allowed('https://shop.example')).toBe('https://shop.example');
  expect(await allowed('https://elsewhere.example')).not.toBe('https://elsewhere.example');
  await open.app.close();
});

test('answers while the log can’t be written, and says that it is not ready', async () => {
  const log = { ...memoryLog(), append: () => Promise.reject(new Error('ENOSPC: no space left on device')) };
  const full = await toyApp({ log });
  expect((await full.ask('/v1/recommendations', { user: 'user-1', k: 1 })).status).toBe(200);
  const event = { events: [{ id: 'r', user: 'user-1', item: 'item-1', reward: 1 }] };
  const refused = await full.ask('/v1/events', event);
  expect(refused).toMatchObject({
    status: 503,
    body: { field: 'feedback', message: expect.stringContaining('ENOSPC') },
  });
  expect(await full.ask('/readyz')).toMatchObject({ status: 503, body: { ready: false } });
  await full.app.close();
});
