// A thousand actors by their connections alone: each sends a round every 250 ms, of the size that a default agent's are, and one learner reads them
// without learning. It shows what Redis and reading take, beside which an update is to be put.
//
//   npm run connections:cluster -- --actors 1000 --seconds 20
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  ActorPort,
  keysOf,
  learnFromActors,
  openRedis,
  RoundCodec,
  startRedis,
  takeSeat,
} from '@rl-recsys/distributed';
import { float32, int32 } from '@rl-recsys/replay-buffer';

const { values } = parseArgs({
  options: {
    actors: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    delay: { type: 'string', default: '250' },
    learner: { type: 'string' },
  },
});
const keys = keysOf('connections');
const run = 'connections';
// As those of the default variant: histories of 10, 32 candidates.
const fields = {
  ...{ user: int32(), history: int32(10), rewards: float32(10), candidates: int32(32), item: int32() },
  ...{
    reward: float32(),
    discount: float32(),
    nextHistory: int32(10),
    nextRewards: float32(10),
    nextCandidates: int32(32),
  },
};

if (values.learner !== undefined) await read(values.learner);
else await act(Number(values.actors), Number(values.seconds), Number(values.delay));

/** The learner: it stores nothing and makes no update, so that what it takes is reading. */
async function read(url) {
  const redis = await openRedis(url);
  const seat = await takeSeat({ redis, keys, run });
  const agent = {
    fields,
    ...{ pace: { updates: 1, learnFrom: 1_000_000_000 }, canLearn: false },
    ...{
      assertTransitions: () => undefined,
      store: () => undefined,
      update: () => ({}),
      weights: () => [new Float32Array(8_000)],
    },
    ...{ state: () => null, restore: () => undefined },
  };
  const stop = new AbortController();
  process.on('message', () => stop.abort());
  const cpu = process.cpuUsage();
  const rounds = await learnFromActors({
    ...{ agent, seat, steps: Number.MAX_SAFE_INTEGER, signal: stop.signal },
    checkpoints: {
      isDue: (() => {
        let last = 0;
        return (step) => step - last > 5_000 && ((last = step), true);
      })(),
      save: () => undefined,
    },
  });
  const { user, system } = process.cpuUsage(cpu);
  process.send({ rounds, cpu: (user + system) / 1000 });
  await seat.leave();
  redis.disconnect();
  process.disconnect();
}

/** All actors, in this process. */
async function act(count, seconds, delay) {
  const folder = mkdtempSync(join(tmpdir(), 'connections-'));
  const server = await startRedis({ folder, lines: ['maxclients 20000'] });
  const learner = fork(fileURLToPath(import.meta.url), ['--learner', server.url]);
  const operator = await openRedis(server.url);
  while ((await operator.hget(keys.run, 'weights')) === null) await sleep(50);
  const connections = [];
  for (let first = 0; first < count; first += 50)
    connections.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, count - first) }, () => openRedis(server.url)),
      )),
    );
  const array = (size) => new Array(size).fill(1);
  const transition = {
    ...{
      user: 1,
      history: array(10),
      rewards: array(10),
      candidates: array(32),
      item: 1,
      reward: 1,
      discount: 1,
    },
    ...{ nextHistory: array(10), nextRewards: array(10), nextCandidates: array(32) },
  };
  const bytes = new RoundCodec(fields).encode({
    steps: 1,
    transitions: [transition],
    rewards: [1],
    episodes: [],
  });
  const times = [];
  const startedAt = performance.now();
  const cpuOf = async () => {
    const info = await operator.info('cpu');
    return ['user', 'sys'].reduce(
      (sum, kind) => sum + 1000 * Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(info)[1]),
      0,
    );
  };
  const before = await cpuOf();
  let pushed = 0;
  await Promise.all(
    connections.map(async (redis, actor) => {
      const port = new ActorPort({ redis, keys, run });
      await sleep((delay * actor) / count);
      for (let weights = ''; performance.now() - startedAt < 1000 * seconds;) {
        const asked = performance.now();
        const facts = await port.push(bytes, weights);
        times.push(performance.now() - asked);
        pushed += 1;
        if (facts.weights !== weights && Math.floor(asked / 1000) % 10 === 0) {
          await port.weights();
          weights = facts.weights;
        }
        await sleep(Math.max(0, delay - (performance.now() - asked)));
      }
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1000;
  const redisCpu = (await cpuOf()) - before;
  const told = once(learner, 'message');
  learner.send('stop');
  const [{ rounds, cpu }] = await told;
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
  console.log(
    `${count} connections: ${(pushed / elapsed).toFixed(0)} rounds/s of ${bytes.length} bytes; a push takes ${at(0.5)} ms, 99 % within ${at(0.99)} ms; ` +
      `Redis ${(redisCpu / pushed).toFixed(4)} ms CPU a round, reading ${(cpu / rounds).toFixed(4)} ms CPU a round (${rounds} of ${pushed} read)`,
  );
  for (const redis of connections) redis.disconnect();
  operator.disconnect();
  if (learner.exitCode === null) await once(learner, 'exit');
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
