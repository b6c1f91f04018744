import { setTimeout as sleep } from 'node:timers/promises';
import type { OneOrMany, SplitAgent } from '@rl-recsys/agent';
import {
  actForLearner,
  ActorPort,
  keysOf,
  openRedis,
  redisSentence,
  type Keys,
  type RedisClient,
} from '@rl-recsys/distributed';
import { forkStreams, Random, type SavedState } from '@rl-recsys/random';
import type { Fields } from '@rl-recsys/replay-buffer';
import { decodeSaved } from '@rl-recsys/storage';
import { useWasmBackend } from '../backend.js';
import { makeOnLog } from '../commands/make-on-log.js';
import { savedOptionsSchema } from '../options/parse.js';
import type { RunOptions } from '../options/run-options.js';
import type { Keep } from '../run/keep.js';
import { environment as scenario } from '../scenarios/environment/index.js';
import { importEnvironment } from '../scenarios/environment/environment-module.js';
import { isLogRun } from '../scenarios/index.js';
import { say } from '../terminal/output.js';
import { untilStopped } from '../terminal/stop-signals.js';
import type { EnvironmentRunOptions } from '../variants/variant.js';
import { meetingPlace } from './cluster-options.js';
import { tellTrouble } from './trouble.js';

/** What `cluster-actor` takes: the options of its run it has of the learner. */
export interface ActorOptions {
  readonly redis?: string;
  readonly group: string;
  /** The module of the environment on this machine (default: where the learner has it). */
  readonly env?: string;
}

/** A run that a learner has begun. */
interface BegunRun {
  readonly run: string;
  readonly options: RunOptions;
  readonly data: string;
}

/** What an actor of a run acts by, and in. */
interface MadeForActor {
  readonly agent: SplitAgent<unknown, unknown, Fields>;
  readonly environment: OneOrMany<unknown, unknown>;
}

/** Acts for the learner of a run until that is over. */
export async function clusterActor({ env, ...given }: ActorOptions): Promise<void> {
  const { redis: url, group } = meetingPlace(given);
  const keys = keysOf(group);
  const redis = await openRedis(url);
  const open: { close?(): unknown }[] = [];
  try {
    const { run, options, data } = await begunRun(redis, keys);
    await useWasmBackend(1);
    const made = isLogRun(options)
      ? await onLog(options, data)
      : await onEnvironment(
          { ...(options as EnvironmentRunOptions), ...(env !== undefined && { env }) },
          keptBy(redis, keys),
          open,
        );
    if (env !== undefined && isLogRun(options))
      throw new Error(`--env: expected the run of an environment, got one of ${options.scenario}`);
    const port = new ActorPort({ redis, keys, run, onTrouble: tellTrouble() });
    const label = `actor ${port.actor}`;
    made.agent.restore(forkStreams(made.agent.state(), label)); // or all would explore alike
    const seed = Random.fromSeed(options.seed)
      .fork(label)
      .integer(2 ** 31);
    say(`${port.actor} acts for ${options.scenario}, seed ${options.seed}`);
    const { result, code } = await untilStopped((signal) =>
      actForLearner({ ...made, port, seed, signal, onRefused: (sentence) => console.error(sentence) }),
    );
    say(`${port.actor} has made ${result} steps`);
    if (code !== undefined) process.exitCode = code;
  } finally {
    for (const each of open) await each.close?.();
    redis.disconnect();
  }
}

/** Waits until a learner has begun a run. */
async function begunRun(redis: RedisClient, keys: Keys): Promise<BegunRun> {
  for (let isTold = false; ; isTold = true) {
    const [run, over, options, data] = await redis
      .hmget(keys.run, 'run', 'over', 'options', 'data')
      .catch((error: unknown) => {
        throw new Error(`--redis: ${redisSentence(error)}`, { cause: error });
      });
    if (run && over !== '1' && options) {
      return { run, options: parseOptions(options), data: data ?? '' };
    }
    if (!isTold) say('Waiting for a learner');
    await sleep(300);
  }
}

/** @throws Error in one sentence where it is no run's options. */
function parseOptions(text: string): RunOptions {
  const expected = 'options: expected those of a learner of this version';
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${expected}; ${(cause as Error).message}`, { cause });
  }
  const parsed = savedOptionsSchema().safeParse(given);
  if (!parsed.success) throw new Error(`${expected}; ${parsed.error.issues[0]!.message}`);
  return parsed.data;
}

async function onLog(options: Parameters<typeof makeOnLog>[0], data: string): Promise<MadeForActor> {
  const { made } = await makeOnLog(options, (own) => {
    if (own !== data)
      throw new Error(
        'ratings: expected those that the learner has, got others: they must be the same on each machine',
      );
  });
  return made as unknown as MadeForActor;
}

async function onEnvironment(
  options: EnvironmentRunOptions,
  keep: Keep,
  open: { close?(): unknown }[],
): Promise<MadeForActor> {
  const make = await importEnvironment(options.env, options.stepTimeout);
  const another = async () => {
    const one = await make();
    open.push(one);
    return one;
  };
  const variant = scenario.variants.find(({ name }) => name === options.variant)!;
  const random = Random.fromSeed(options.seed);
  return (await variant.make(await another(), options, random, another, keep)) as unknown as MadeForActor;
}

/** What the learner has made and kept. */
function keptBy(redis: RedisClient, keys: Keys): Keep {
  return async <Kept extends SavedState>(name: string) => {
    const bytes = await redis.hgetBuffer(keys.run, `kept:${name}`);
    if (!bytes) throw new Error(`${name}: expected it of the learner, got nothing`);
    return decodeSaved(bytes) as Kept;
  };
}
