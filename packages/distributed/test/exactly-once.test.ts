import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { copySaved, type SavedState } from '@rl-recsys/random';
import {
  actForLearner,
  ActorPort,
  encodeWeights,
  FencedError,
  keysOf,
  learnFromActors,
  openRedis,
  RoundCodec,
  takeSeat,
  type LearnerSeat,
  type RedisClient,
  type StartedRedis,
} from '../src/index.js';
import { startCluster } from './cluster-of-three.js';
import { numbersOf, redisOf, toyAgent, toyEnvironment, whereRedisIs } from './toy.js';

whereRedisIs(() => {
  const servers = redisOf();
  const clients: RedisClient[] = [];
  const seats: LearnerSeat[] = [];
  const open = async ({ url }: StartedRedis) => {
    const client = await openRedis(url);
    clients.push(client);
    return client;
  };
  const seatOf = async (redis: RedisClient, options: Partial<Parameters<typeof takeSeat>[0]> = {}) => {
    const seat = await takeSeat({ redis, keys, run: 'run-1', ...options });
    seats.push(seat);
    return seat;
  };
  afterEach(async () => {
    for (const seat of seats.splice(0)) await seat.leave();
    for (const client of clients.splice(0)) client.disconnect();
    await servers.end();
  });
  const keys = keysOf('test');

  /** A learner that keeps its newest checkpoint here. */
  const checkpointsOf = (every: number) => {
    const kept: { state?: SavedState; step: number } = { step: 0 };
    return {
      kept,
      checkpoints: {
        isDue: (step: number) => step - kept.step >= every,
        async save(state: SavedState, step: number) {
          await sleep(1);
          Object.assign(kept, { state: copySaved(state), step });
        },
      },
    };
  };
  const actors = (redis: RedisClient, count: number, signal?: AbortSignal) =>
    Array.from({ length: count }, (_, actor) => {
      const port = new ActorPort({ redis, keys, run: 'run-1', actor: `actor-${actor}`, signal });
      return actForLearner({
        agent: toyAgent({ actor }).agent,
        environment: toyEnvironment(),
        port,
        seed: 1,
      });
    });

  describe.each([
    ['one Redis', () => servers.start()],
    ['a cluster of three', () => startCluster((options) => servers.start(options))],
  ] as const)('%s', (_, start) => {
    test('every round of every actor is learned from once, in its order, at the pace of one process', async () => {
      const redis = await open(await start());
      const { agent, told, stored } = toyAgent();
      const seat = await seatOf(redis);
      const episodes: number[] = [];
      const figures: unknown[] = [];
      const learning = learnFromActors({
        ...{ agent, seat, steps: 300 },
        onEpisode: ({ length }) => void episodes.push(length),
        onMetrics: (line) => void figures.push(line.figures['staleness']),
      });
      const steps = await Promise.all([learning, ...actors(redis, 3)]);
      expect(steps[0]).toBe(300);
      expect(stored()).toHaveLength(300);
      for (const actor of [0, 1, 2]) {
        const numbers = numbersOf(stored(), actor);
        expect(numbers).toEqual(Array.from(numbers.keys()));
        expect(steps[1 + actor]).toBeGreaterThanOrEqual(numbers.length);
      }
      expect(told.updates).toBe((300 - 2) * 2); // from the third round on
      expect(episodes.length).toBeGreaterThan(50);
      expect(new Set(episodes)).toEqual(new Set([5]));
      expect(figures.length).toBeGreaterThan(50);
      expect(figures.every((staleness) => staleness === null || (staleness as number) >= 0)).toBe(true);
      expect(await redis.xlen(keys.rounds)).toBeLessThan(40); // what came after the end
    });

    test('a learner that dies after a checkpoint is followed by one that learns from the rest, once', async () => {
      const server = await start();
      const redis = await open(server);
      const stop = new AbortController();
      const acting = actors(redis, 2, stop.signal);
      // None of its rounds is removed before a checkpoint holds it, and those of the checkpoint are.
      const { kept, checkpoints } = checkpointsOf(50);
      const first = new AbortController();
      const dying = {
        ...checkpoints,
        async save(state: SavedState, step: number) {
          if (step >= 150) throw new Error('dies here'); // learned, and not saved
          await checkpoints.save(state, step);
        },
      };
      const seat = await seatOf(redis);
      const early = learnFromActors({
        ...{ agent: toyAgent().agent, seat, steps: 1000, signal: first.signal, checkpoints: dying },
      });
      await expect(early).rejects.toThrow('dies here');
      await seat.leave();
      expect(kept.step).toBeGreaterThanOrEqual(100);
      const next = toyAgent();
      const steps = await learnFromActors({
        ...{ agent: next.agent, seat: await seatOf(await open(server)), steps: 400 },
        ...{ checkpoints, resume: kept.state! },
      });
      stop.abort();
      await Promise.allSettled(acting);
      expect(steps).toBe(400);
      expect(next.stored()).toHaveLength(400);
      for (const actor of [0, 1]) {
        const numbers = numbersOf(next.stored(), actor);
        expect(numbers).toEqual(Array.from(numbers.keys()));
      }
      expect(next.told.updates).toBe((400 - 2) * 2);
    });
  });

  test('actors do not wait for a learner that has no batch yet', async () => {
    const redis = await open(await servers.start());
    const { agent, told } = toyAgent({ batchSize: 50 }); // its warm-up of three rounds is over long before
    const learning = learnFromActors({ agent, seat: await seatOf(redis), steps: 100 });
    await Promise.all([learning, ...actors(redis, 1)]);
    expect(told.updates).toBe((100 - 49) * 2);
  });

  test('a round that is sent twice is there once', async () => {
    const redis = await open(await servers.start());
    await seatOf(redis);
    const { agent } = toyAgent();
    const bytes = new RoundCodec(agent.fields).encode({
      steps: 1,
      transitions: [],
      rewards: [],
      episodes: [],
    });
    const ports = [1, 2].map(() => new ActorPort({ redis, keys, run: 'run-1', actor: 'same' }));
    await ports[0]!.push(bytes, '');
    await ports[1]!.push(bytes, ''); // as where the answer to the first was lost
    expect(await redis.xlen(keys.rounds)).toBe(1);
    await ports[1]!.push(bytes, '');
    expect(await redis.xlen(keys.rounds)).toBe(2);
  });

  test('what is no round is refused and told of, and learning goes on', async () => {
    const redis = await open(await servers.start());
    const { agent, stored } = toyAgent();
    const seat = await seatOf(redis);
    const encoded = new RoundCodec(agent.fields).encode({
      ...{ steps: 1, transitions: [{ actor: 9, number: 9 }], rewards: [0], episodes: [] },
    });
    const longer = Buffer.from(encoded);
    longer.writeUInt32LE(60_000, 16); // says that it has more transitions
    const outside = Buffer.from(encoded);
    outside.writeInt32LE(99, 28); // in no table
    const add = (id: string, sequence: string, round: Buffer | string) =>
      redis.xadd(keys.rounds, id, 'actor', 'a', 'sequence', sequence, 'weights', '', 'round', round);
    await add('1-0', '0', 'nonsense');
    await add('2-0', '-1', encoded);
    await add('3-0', '0', longer);
    await redis.xadd(keys.rounds, '4-0', 'x', 'y');
    await add('5-0', '0', outside);
    await add('5-7', '0', encoded);
    await redis.hset(keys.run, 'sent', 5);
    const refused: string[] = [];
    const learning = learnFromActors({
      agent,
      seat,
      steps: 20,
      onRefused: (told) => void refused.push(told),
    });
    await Promise.all([learning, ...actors(redis, 1)]);
    expect(refused).toEqual([
      expect.stringMatching(/^the round 1 of a is not learned from: round: expected 28 bytes or more, got 8/),
      expect.stringMatching(/^the round 2 of a .* sequence: expected the number of a round/),
      expect.stringMatching(/^the round 3 of a .* expected the 480036 bytes that it says, got 44/),
      expect.stringMatching(/^the round 4 of nobody .* entry: expected the fields actor, sequence/),
      'the round 5 of a is not learned from: actor: expected 0 to 9, got 99',
      expect.stringMatching(/^the round "5-7" of a .* id: expected the place of a round/),
    ]);
    expect(numbersOf(stored(), 0)).toHaveLength(20);
  });

  test('weights that are none are refused and told of, and an actor acts on by those before', async () => {
    const redis = await open(await servers.start());
    const seat = await seatOf(redis);
    await seat.tell({ weights: '1.5' }, { weights: Buffer.from('none') });
    const { agent, told } = toyAgent();
    const refused: string[] = [];
    const stop = new AbortController();
    const acting = actForLearner({
      ...{ agent, environment: toyEnvironment(100), signal: stop.signal },
      port: new ActorPort({ redis, keys, run: 'run-1' }),
      onRefused: (sentence) => void refused.push(sentence),
    });
    while (refused.length === 0) await sleep(10);
    await seat.tell(
      { weights: '1.6' },
      { weights: encodeWeights([Float32Array.of(7), new Float32Array(3)]) },
    );
    while (told.weights.length === 0) await sleep(10);
    stop.abort();
    expect(await acting).toBeGreaterThan(1); // it did not wait for them
    expect(told.weights).toEqual([7]);
    expect(refused).toEqual([
      "what was to be acted by is refused: weights: expected 48 bytes, as of an actor that was made with the learner's options, got 4",
    ]);
  });

  test('a learner that is not heard of is replaced, and writes nothing when it comes back', async () => {
    const server = await servers.start();
    const [first, second] = [await open(server), await open(server)];
    const frozen = await seatOf(first, { lease: 300 });
    await frozen.tell({ samples: 7 });
    first.disconnect(); // as where its machine stands still
    let waited = 0;
    const seat = await seatOf(second, { lease: 300, onWaiting: () => void (waited += 1) });
    expect(waited).toBe(1);
    expect(seat.epoch).toBeGreaterThan(frozen.epoch);
    await seat.tell({ samples: 8 });
    await (first as { connect(): Promise<void> }).connect();
    await expect(frozen.tell({ samples: 99 }, { held: 1_000 })).rejects.toThrow(FencedError);
    expect(() => frozen.assertHeld()).toThrow(FencedError);
    expect(await second.hget(keys.run, 'samples')).toBe('8');
  });

  test('a group that others learn in, or have not finished, is refused in a sentence', async () => {
    const redis = await open(await servers.start());
    const seat = await seatOf(redis);
    await expect(seatOf(redis, { run: 'run-2' })).rejects.toThrow(
      /^group: expected one that is free, but a learner of run-1 has it/,
    );
    await seat.leave();
    await expect(seatOf(redis, { run: 'run-2' })).rejects.toThrow(
      /has the run run-1, which has not come to its end/,
    );
    const replaced = await seatOf(redis, { run: 'run-2', replace: true });
    expect(replaced.epoch).toBe(seat.epoch + 1);
    const port = new ActorPort({ redis, keys, run: 'run-1' });
    await expect(port.look()).rejects.toThrow(/^run: expected run-1, but another one has its place/);
  });
});
