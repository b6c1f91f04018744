import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Agent, request } from 'node:http';
import { Random } from '@rl-recsys/random';
import { KEYS, toyApp, type ToyApp } from './toy-app.js';

/** How many requests: `RL_RECSYS_FUZZ=100000` for a proof. */
const REQUESTS = Number(process.env['RL_RECSYS_FUZZ'] ?? 2000);
const AT_ONCE = 32;

let toy: ToyApp;
beforeAll(async () => {
  toy = await toyApp();
});
afterAll(() => toy.app.close());

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer | undefined;
  /** What the key is good for. */
  readonly key: keyof typeof KEYS | 'none' | 'wrong';
}

/** Draws one of several. */
function one<T>(random: Random, from: readonly T[]): T {
  return from[random.integer(from.length)]!;
}

const odd = (random: Random): unknown =>
  one<() => unknown>(random, [
    () => null,
    () => random.integer(1000) - 500,
    () => random.normal() * 10 ** (random.integer(600) - 300),
    () => random.uniform() < 0.5,
    () => '',
    () => 'item-1',
    () => String.fromCharCode(...Array.from({ length: random.integer(30) }, () => random.integer(0x10000))),
    () => 'x'.repeat(random.integer(2000)),
    () =>
      one(random, [
        '../../etc/passwd',
        '/etc/passwd',
        '%2e%2e%2f',
        '..\\..\\',
        'file:///etc/passwd',
        '\0',
        '$ne',
        "' or 1=1 --",
      ]),
    () => one(random, ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']),
    () => Array.from({ length: random.integer(6) }, () => odd(random)),
    () => Array.from({ length: random.integer(1200) }, () => 'item-2'),
    () => ({ [one(random, FIELDS)]: odd(random) }),
    () =>
      JSON.parse(
        `{"__proto__": {"polluted": ${random.integer(9)}}, "item": "item-1", "rating": 3}`,
      ) as unknown,
  ])();

const FIELDS = [
  ...[
    'eventId',
    'user',
    'history',
    'session',
    'k',
    'exclude',
    'candidates',
    'baseline',
    'activate',
    'events',
  ],
  ...['id', 'item', 'reward', 'rating', '__proto__', 'constructor', 'prototype', 'toString', 'length', ''],
];

const PATHS = [
  ...[
    '/v1/recommendations',
    '/v1/events',
    '/v1/forget',
    '/v1/events/e-1/activate',
    '/metrics',
    '/readyz',
    '/',
  ],
  ...[
    '/v1/events/../../etc/passwd/activate',
    '/v1/events/%2e%2e%2f%2e%2e/activate',
    '/v1/events/%00/activate',
    '/%zz',
  ],
  ...['//etc/passwd', '/v1/events/__proto__/activate', '/openapi.json?x=__proto__', `/${'a/'.repeat(200)}`],
];

const item = (random: Random) => `item-${1 + random.integer(60)}`;
const VALID: Readonly<Record<string, (random: Random) => Record<string, unknown>>> = {
  '/v1/recommendations': (random) => ({
    user: `user-${random.integer(40)}`,
    session: 's',
    k: 1 + random.integer(9),
  }),
  '/v1/events': (random) => ({
    events: [
      { id: `r-${random.integer(1e6)}`, user: 'user-1', item: item(random), reward: random.uniform() },
    ],
  }),
  '/v1/forget': () => ({ user: 'somebody' }),
};

/** A request that is right but for what was done to it, which may be nothing. */
function draw(random: Random): Sent {
  const path = random.uniform() < 0.8 ? one(random, Object.keys(VALID)) : one(random, PATHS);
  let body: unknown = (VALID[path] ?? VALID['/v1/recommendations']!)(random);
  if (path === '/v1/recommendations' && random.uniform() < 0.3) {
    body = { history: [item(random), { item: item(random), rating: 3 }], k: 3, exclude: [item(random)] };
  }
  for (let change = random.integer(4); change > 0; change--) {
    const target = body as Record<string, unknown>;
    if (random.uniform() < 0.1) body = odd(random);
    else if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      const field = one(random, FIELDS);
      if (random.uniform() < 0.2) delete target[field];
      else Object.defineProperty(target, field, { value: odd(random), enumerable: true, configurable: true });
    }
  }
  let text: string | Buffer = JSON.stringify(body) ?? '';
  if (random.uniform() < 0.05) text = text.slice(0, random.integer(text.length + 1));
  if (random.uniform() < 0.03) text = '['.repeat(random.integer(5000)) + text;
  if (random.uniform() < 0.03)
    text = Buffer.from(Array.from({ length: random.integer(200) }, () => random.integer(256)));
  const key =
    random.uniform() < 0.6
      ? 'everything'
      : one(random, [...(Object.keys(KEYS) as (keyof typeof KEYS)[]), 'none', 'wrong'] as const);
  const authorization =
    key === 'none' ? {} : { authorization: key === 'wrong' ? 'Bearer guessed' : `Bearer ${KEYS[key]}` };
  const type =
    random.uniform() < 0.95
      ? 'application/json'
      : one(random, ['text/plain', 'application/xml', '', 'x', 'application/json; charset=utf-7']);
  const method =
    random.uniform() < 0.93
      ? 'POST'
      : one(random, ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE']);
  const hasBody = !['GET', 'HEAD', 'TRACE'].includes(method);
  return {
    method,
    path,
    headers: {
      ...authorization,
      ...(hasBody && { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) }),
    },
    body: hasBody ? text : undefined,
    key,
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

/** Sends a request; once more by a connection of its own where the one that was kept alive had just been closed. */
function send(sent: Sent, kept: Agent | false = agent): Promise<{ status: number; text: string }> {
  const { method, path, headers, body } = sent;
  const { port } = new URL(toy.address);
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: kept }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode!, text: Buffer.concat(parts).toString() }));
      answer.on('error', reject);
    });
    asked.on('error', (error) => {
      if (asked.reusedSocket && !error.message.startsWith('no answer')) resolve(send(sent, false));
      else reject(new Error(`${shown(sent)}: ${error.message}`));
    });
    asked.setTimeout(30_000, () => asked.destroy(new Error('no answer within 30 s')));
    asked.end(body);
  });
}

function shown({ method, path, headers, body }: Sent): string {
  return `${method} ${path} ${JSON.stringify(headers)} ${String(body).slice(0, 300)}`;
}

/** What a key is needed for. */
const NEEDS: Readonly<Record<string, keyof typeof KEYS>> = {
  '/v1/recommendations': 'recommend',
  '/v1/events': 'feedback',
  '/v1/forget': 'forget',
  '/metrics': 'metrics',
};

function faultOf(sent: Sent, { status, text }: { status: number; text: string }): string | undefined {
  if (status < 200 || status >= 500 || (status >= 300 && status < 400)) return 'is no success and no refusal';
  if (/root:.*:0:0:|"devDependencies"/.test(text)) return 'shows a file';
  const needed = NEEDS[sent.path];
  const isGood = sent.key === 'everything' || sent.key === needed;
  if (needed !== undefined && !isGood && status < 300) return `was answered with the key ${sent.key}`;
  if (status < 400 || sent.method === 'HEAD') return undefined;
  const { field, message } = JSON.parse(text) as { field?: unknown; message?: unknown };
  const isNamed = typeof field === 'string' && field !== '' && String(message).startsWith(`${field}: `);
  return isNamed ? undefined : 'names no field';
}

test(
  `${REQUESTS} odd requests are each answered or refused by a field, and change nothing`,
  async () => {
    const random = Random.fromSeed(process.env['RL_RECSYS_FUZZ_SEED'] ?? 'fuzz');
    const before = await toy.ask('/v1/recommendations', { user: 'user-9', k: 5 });
    const prototype = Object.getOwnPropertyNames(Object.prototype).join();
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    let [sentCount, slowest] = [0, 0];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (sentCount < REQUESTS) {
          sentCount += 1;
          const sent = draw(random);
          const start = performance.now();
          const answer = await send(sent);
          slowest = Math.max(slowest, performance.now() - start);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const fault = faultOf(sent, answer);
          if (fault) faults.push(`${shown(sent)} → ${answer.status} ${answer.text.slice(0, 200)}: ${fault}`);
        }
      }),
    );
    console.log(
      `${REQUESTS} requests: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}, the slowest ${Math.round(slowest)} ms`,
    );
    expect(faults.slice(0, 5)).toEqual([]);
    for (const status of [200, 202, 400, 401, 403, 404, 415]) expect(statuses.get(status)).toBeGreaterThan(0);
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const after = await toy.ask('/v1/recommendations', { user: 'user-9', k: 5 });
    expect(after.body['items']).toEqual(before.body['items']);
    agent.destroy();
  },
  120_000 + 10 * REQUESTS,
);
