import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { ReplayAgent, type Actor, type Learner } from '@rl-recsys/agent';
import { box, discrete, type Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { int32, UniformReplay } from '@rl-recsys/replay-buffer';
import { startRedis, type StartedRedis, type StartRedisOptions } from '../src/index.js';
import { hasRedis } from '@rl-recsys/testing';

const fields = { actor: int32(), number: int32() };
export type ToyFields = typeof fields;

/** As if there were a table of so many. */
const ACTORS = 10;

/** An agent whose transitions tell whose they are, and their numbers; it counts its updates. */
export function toyAgent({ actor = 0, capacity = 100_000, updates = 2, batchSize = 1 } = {}) {
  const told = { updates: 0, weights: [] as number[], rounds: [] as number[] };
  let number = 0;
  const acting: Actor<Float32Array, number, ToyFields> = {
    act: (observations) => observations.map(() => 0),
    explore: (observations) => observations.map(() => 0),
    observe: () => [{ actor, number: number++ }],
    takeWeights: ([values]) => void told.weights.push(values![0]!),
    atRound: (round) => void told.rounds.push(round),
    state: () => null,
    restore: () => undefined,
  };
  const learner: Learner<ToyFields> = {
    fields,
    assertTransition: ({ actor: whose }) => {
      if (whose < 0 || whose >= ACTORS)
        throw new RangeError(`actor: expected 0 to ${ACTORS - 1}, got ${whose}`);
    },
    learn: ({ weights }) => ({ figures: { updates: (told.updates += 1) }, tdErrors: weights }),
    weights: () => [Float32Array.of(told.updates), new Float32Array(3)],
    scaleLearningRates: () => undefined,
    state: () => told.updates,
    restore: (state) => void (told.updates = state as number),
    dispose: () => undefined,
  };
  const replay = new UniformReplay({ capacity, fields, random: Random.fromSeed(1) });
  const agent = new ReplayAgent({ actor: acting, learner, replay, batchSize, learnFrom: 3, updates });
  /** What is stored, in its order: whose, and which number. */
  const stored = (): (readonly [actor: number, number: number])[] => {
    const { records } = replay.state() as { records: Uint8Array };
    const numbers = new Int32Array(new Uint8Array(records).buffer);
    return Array.from({ length: numbers.length / 2 }, (_, row) => [numbers[2 * row]!, numbers[2 * row + 1]!]);
  };
  return { agent, told, stored };
}

/** Steps that take a while, in episodes of five. */
export function toyEnvironment(milliseconds = 0): Environment<Float32Array, number> {
  let steps = 0;
  return {
    observationSpace: box({ low: 0, high: 5, length: 1 }),
    actionSpace: discrete(2),
    reset: () => {
      steps = 0;
      return { observation: Float32Array.of(0), info: {} };
    },
    async step() {
      steps += 1;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return {
        observation: Float32Array.of(steps),
        reward: 0.5,
        terminated: steps === 5,
        truncated: false,
        info: {},
      };
    },
  };
}

/** Each actor's numbers that are there, in their order; they are to be 0, 1, 2 and so on. */
export function numbersOf(stored: readonly (readonly [actor: number, number: number])[], actor: number) {
  return stored.filter(([whose]) => whose === actor).map(([, number]) => number);
}

/** Describes tests that need `redis-server`; see `hasRedis`. */
export function whereRedisIs(body: () => void): void {
  if (hasRedis()) describe('with Redis', body);
  else test.skip('with Redis (install redis-server)', () => {});
}

/** A Redis of this test, which ends with `end`. */
export function redisOf(): {
  start(options?: Partial<StartRedisOptions>): Promise<StartedRedis>;
  end(): Promise<void>;
} {
  const folders: string[] = [];
  const started: StartedRedis[] = [];
  return {
    async start(options = {}) {
      const folder = mkdtempSync(join(tmpdir(), 'redis-'));
      folders.push(folder);
      const redis = await startRedis({ folder, ...options });
      started.push(redis);
      return redis;
    },
    async end() {
      await Promise.all(started.splice(0).map((redis) => redis.stop()));
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}
