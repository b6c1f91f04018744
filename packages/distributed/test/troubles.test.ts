import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  actForLearner,
  ActorPort,
  keysOf,
  learnFromActors,
  openRedis,
  takeSeat,
  type RedisClient,
} from '../src/index.js';
import { numbersOf, redisOf, toyAgent, toyEnvironment, whereRedisIs } from './toy.js';

const keys = keysOf('test');

test.each(['http://host', 'redis', 'redis://:secret@', '127.0.0.1:6379'])(
  '%s is no URL of a Redis',
  async (url) => {
    const error = (await openRedis(url).catch((cause: unknown) => cause)) as Error;
    expect(error.message).toMatch(/^redis: expected a URL such as redis:\/\/127\.0\.0\.1:6379/);
    expect(error.message).not.toContain('secret');
  },
);

test('a Redis that nobody has started is told of', async () => {
  await expect(openRedis('redis://127.0.0.1:1')).rejects.toThrow(
    'Redis at 127.0.0.1:1: Redis can not be reached: nobody listens there',
  );
});

/** Answers INFO as a Redis of some version, and everything else with OK. */
async function stub(info: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      for (const command of String(data).split(/(?=\*\d+\r\n)/)) {
        const text = `# Server\r\n${info}\r\n`;
        socket.write(/info/i.test(command) ? `$${text.length}\r\n${text}\r\n` : '+OK\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}

test.each([
  ['redis_version:6.2.14\r\nrole:master', 'expected Redis 7 or later, got 6.2.14'],
  [
    'redis_version:7.2.0\r\nrole:slave\r\nmaster_link_status:up',
    'expected a master, got a replica, which can only be read',
  ],
  [
    'redis_version:7.2.0\r\nrole:master\r\nmaxmemory:1000\r\nmaxmemory_policy:allkeys-lru',
    'expected maxmemory-policy noeviction, got allkeys-lru, by which',
  ],
])('a Redis that says %j is refused', async (info, sentence) => {
  const { url, close } = await stub(info);
  await expect(openRedis(url)).rejects.toThrow(sentence);
  close();
});

whereRedisIs(() => {
  const servers = redisOf();
  const clients: RedisClient[] = [];
  const open = async (url: string) => {
    const client = await openRedis(url);
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await servers.end();
  });

  test('a wrong password is told of, and is not in the sentence', async () => {
    const { port } = await servers.start();
    const error = (await openRedis(`redis://:nonsense@127.0.0.1:${port}`).catch(
      (cause: unknown) => cause,
    )) as Error;
    expect(error.message).toMatch(/does not accept this user or password$/);
    expect(error.message).not.toContain('nonsense');
  });

  describe('an actor waits, says why once, and goes on', () => {
    const acting = async (
      disturb: (redis: RedisClient) => Promise<unknown>,
      mend: (redis: RedisClient) => Promise<unknown>,
    ) => {
      const { url } = await servers.start();
      const [redis, operator] = [await open(url), await open(url)];
      const seat = await takeSeat({ redis, keys, run: 'run' });
      const troubles: (string | undefined)[] = [];
      const told: string[] = [];
      const port = new ActorPort({
        ...{ redis: await open(url), keys, run: 'run' },
        onTrouble(sentence) {
          troubles.push(sentence);
          if (sentence !== undefined) void mend(operator);
        },
      });
      await port.push(Buffer.from('first'), '');
      await disturb(operator);
      await port.push(Buffer.from('second'), '');
      for (const [, values] of await operator.xrange(keys.rounds, '-', '+')) told.push(values.at(-1)!);
      await seat.leave();
      expect(told).toEqual(['first', 'second']);
      return troubles;
    };

    test('where Redis is full', async () => {
      const troubles = await acting(
        (redis) => redis.config('SET', 'maxmemory', '1'),
        (redis) => redis.config('SET', 'maxmemory', '0'),
      );
      expect(troubles).toEqual([expect.stringMatching(/^Redis is full: give it more memory/), undefined]);
    });

    test('where Redis can only be read', async () => {
      const troubles = await acting(
        (redis) => redis.replicaof('127.0.0.1', 1),
        (redis) => redis.replicaof('NO', 'ONE'),
      );
      expect(troubles).toEqual([
        expect.stringMatching(/^Redis can only be read: it is a replica now/),
        undefined,
      ]);
    });
  });

  test('Redis is killed and started again, twice: nothing is lost, nothing comes twice', async () => {
    const first = await servers.start();
    const { port, password } = first;
    const { spawnargs } = first.process;
    expect(spawnargs).toEqual(['redis-server', '-']); // no password that others could read
    const folder = await (await open(first.url)).config('GET', 'dir');
    const { agent, stored } = toyAgent();
    const seat = await takeSeat({ redis: await open(first.url), keys, run: 'run' });
    const troubles: (string | undefined)[] = [];
    let server = first;
    const restart = async () => {
      const before = troubles.length;
      server.process.kill('SIGKILL');
      await once(server.process, 'exit');
      while (troubles.length === before) await sleep(5); // until an actor has missed it
      server = await servers.start({ folder: folder[1]!, port, password });
    };
    const restarts: Promise<void>[] = [];
    const learning = learnFromActors({
      ...{ agent, seat, steps: 400 },
      async onEpisode({ step }) {
        await restarts.at(-1); // it must not be over before
        if (step >= 100 * (restarts.length + 1) && restarts.length < 2) restarts.push(restart());
      },
    });
    const actors = [0, 1].map(async (actor) =>
      actForLearner({
        ...{ agent: toyAgent({ actor }).agent, environment: toyEnvironment(2) },
        port: new ActorPort({
          ...{ redis: await open(first.url), keys, run: 'run' },
          onTrouble: (sentence) => void troubles.push(sentence),
        }),
      }),
    );
    await Promise.all([learning, ...actors]);
    await seat.leave();
    expect(restarts).toHaveLength(2);
    expect(stored()).toHaveLength(400);
    for (const actor of [0, 1]) {
      const numbers = numbersOf(stored(), actor);
      expect(numbers.length).toBeGreaterThan(50);
      expect(numbers).toEqual(Array.from(numbers.keys()));
    }
    expect(troubles).toContainEqual(expect.stringMatching(/Redis/));
  });
});
