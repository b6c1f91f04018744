// Options of whatever is made without tensors: they are taken, or refused in one sentence.
import { gaussianNoise, ornsteinUhlenbeckNoise } from '@rl-recsys/agent';
import { box, discrete, multiBinary, multiDiscrete, recommendationSpace } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createRatingLog, splitByTime } from '@rl-recsys/rating-log';
import {
  float32,
  int32,
  linearSchedule,
  NStepReturns,
  PrioritizedReplay,
  UniformReplay,
} from '@rl-recsys/replay-buffer';
import { syntheticRatingLog } from '@rl-recsys/simulators';
import fc from 'fast-check';
import { anything } from '../mutation.mjs';
import { orRefusal } from '../ours.mjs';

const random = Random.fromSeed(1);
/** Sizes are bounded, for a million million is none of our mistakes. */
const size = fc.oneof(
  anything.filter((value) => !(value > 1e5)),
  fc.nat({ max: 1000 }),
);
const fields = () => ({ x: float32(2), item: int32() });

/** Each makes something of options, of which any may be wrong, and uses it for a moment. */
const makers = {
  uniform: [
    { capacity: size },
    (given) => new UniformReplay({ fields: fields(), random, ...given }).add({ x: [1, 2], item: 0 }),
  ],
  prioritized: [
    { capacity: size, alpha: anything, epsilon: anything },
    (given) => {
      const replay = new PrioritizedReplay({ fields: fields(), random, ...given });
      replay.add({ x: [1, 2], item: 3 });
      const batch = replay.createBatch(2);
      replay.sample(batch, { beta: 1 });
      finite(batch.weights);
    },
  ],
  returns: [
    { steps: size, gamma: anything },
    (given) => {
      const returns = new NStepReturns(given);
      const step = {
        observation: 0,
        action: 0,
        reward: 1,
        nextObservation: 1,
        terminated: false,
        truncated: true,
      };
      for (const { reward, discount } of returns.push(step)) finite([reward, discount]);
    },
  ],
  gaussian: [{ deviation: anything }, (given) => noisy(gaussianNoise({ random, ...given }))],
  drifting: [
    { theta: anything, sigma: anything, timeStep: anything },
    (given) => ornsteinUhlenbeckNoise({ random, ...given }).addTo(new Float32Array(2)),
  ],
  schedule: [
    {
      step: anything,
      from: fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      to: fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      steps: anything,
    },
    ({ step, ...rest }) => finite([linearSchedule(step, rest)]),
  ],
  discrete: [{ size, start: anything }, ({ size: count, start }) => member(discrete(count, start))],
  box: [{ low: anything, high: anything, length: size }, (given) => member(box(given))],
  multiBinary: [{ length: size }, ({ length }) => member(multiBinary(length))],
  multiDiscrete: [{ sizes: fc.array(size, { maxLength: 4 }) }, ({ sizes }) => member(multiDiscrete(sizes))],
  recommendation: [
    { userCount: size, itemCount: size, historySize: size },
    (given) => member(recommendationSpace(given)),
  ],
  synthetic: [
    {
      users: fc.integer({ min: -2, max: 20 }),
      items: fc.integer({ min: -2, max: 20 }),
      ratingsPerUser: anything,
    },
    (given) => finite(syntheticRatingLog({ random, ...given }).ratings),
  ],
  log: [
    {
      userCount: fc.integer({ min: -1, max: 4 }),
      itemCount: fc.integer({ min: -1, max: 4 }),
      users: fc.array(anything, { maxLength: 4 }),
      items: fc.array(anything, { maxLength: 4 }),
      ratings: fc.array(anything, { maxLength: 4 }),
      timestamps: fc.array(anything, { maxLength: 4 }),
      scale: fc.record({ min: anything, max: anything }),
    },
    (given) => finite(createRatingLog(given).ratings),
  ],
  split: [
    { testShare: anything },
    (given) => splitByTime(syntheticRatingLog({ users: 4, items: 9, ratingsPerUser: 4, random }), given),
  ],
};

function finite(numbers) {
  for (const each of numbers)
    if (!Number.isFinite(each)) throw new Error(`a number that is none came of it, ${each}`);
}

function member(space) {
  if (!space.contains(space.sample(random))) throw new Error('a sample that is no member');
}

function noisy(noise) {
  const action = new Float32Array(2);
  noise.addTo(action);
}

export const properties = Object.fromEntries(
  Object.entries(makers).map(([name, [given, make]]) => [
    name,
    fc.asyncProperty(fc.record(given, { requiredKeys: [] }), (options) =>
      orRefusal(() => make(options)).then(() => undefined),
    ),
  ]),
);
