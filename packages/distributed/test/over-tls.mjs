// A learner and an actor in one process, by the URL that is given: it prints what was learned from, or why nothing was.
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import {
  actForLearner,
  ActorPort,
  keysOf,
  learnFromActors,
  openRedis,
  takeSeat,
} from '@rl-recsys/distributed';
import { box, discrete } from '@rl-recsys/environment';
import { int32 } from '@rl-recsys/replay-buffer';

let number = 0;
const stored = [];
const agent = {
  ...{ fields: { number: int32() }, pace: { updates: 1, learnFrom: 1 }, canLearn: true },
  explore: (observations) => observations.map(() => 0),
  collect: () => [{ number: number++ }],
  assertTransitions: () => undefined,
  store: (transitions) => void stored.push(...transitions.map((each) => each.number)),
  ...{ update: () => ({}), weights: () => [new Float32Array(2)], state: () => null },
  ...{ takeWeights: () => undefined, atRound: () => undefined },
};
const environment = {
  ...{ observationSpace: box({ low: 0, high: 1, length: 1 }), actionSpace: discrete(1) },
  reset: () => ({ observation: Float32Array.of(0), info: {} }),
  step: () => ({ observation: Float32Array.of(1), reward: 1, terminated: false, truncated: false, info: {} }),
};
try {
  const redis = await openRedis(process.argv[2]);
  const [keys, run] = [keysOf('over-tls'), randomUUID()];
  const seat = await takeSeat({ redis, keys, run });
  const learning = learnFromActors({ agent, seat, steps: 20 });
  await Promise.all([
    learning,
    actForLearner({ agent, environment, port: new ActorPort({ redis, keys, run }) }),
  ]);
  await seat.leave();
  redis.disconnect();
  process.stdout.write(stored.join());
} catch (error) {
  process.stdout.write(error.message);
}
