// States with a part in which something else stands: refused in one sentence and nothing has changed, or taken and sound.
import { Adam, gaussianNoise, ornsteinUhlenbeckNoise, SessionReturns } from '@rl-recsys/agent';
import { firstNotFinite, Random } from '@rl-recsys/random';
import { float32, int32, NStepReturns, PrioritizedReplay, UniformReplay } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { anyNumber } from '../mutation.mjs';
import { orRefusal } from '../ours.mjs';

const fields = { x: float32(2), item: int32() };
const step = {
  observation: 0,
  action: 0,
  reward: 1,
  nextObservation: 1,
  terminated: false,
  truncated: false,
};

/** Each makes a part that has been used for a while; every time the same. */
const makers = {
  random: () => {
    const random = Random.fromSeed(1);
    random.normal();
    return random;
  },
  uniform: () => filled(new UniformReplay({ capacity: 3, fields, random: Random.fromSeed(1) })),
  prioritized: () => filled(new PrioritizedReplay({ capacity: 3, fields, random: Random.fromSeed(1) })),
  returns: () => {
    const returns = new NStepReturns({ steps: 3, gamma: 0.9 });
    returns.push(step);
    return returns;
  },
  'returns of sessions': () => {
    const returns = new SessionReturns({ steps: 3, gamma: 0.9 });
    for (const session of [0, 1]) returns.push({ ...step, session });
    return returns;
  },
  gaussian: () => moved(gaussianNoise({ deviation: 1, random: Random.fromSeed(1) })),
  drifting: () => moved(ornsteinUhlenbeckNoise({ random: Random.fromSeed(1) })),
  Adam: () => new Adam([variable], { learningRate: 1 }),
};

const variable = tf.variable(tf.tensor1d([1, 2]));

function filled(replay) {
  for (let item = 0; item < 4; item++) replay.add({ x: [item, -item], item });
  replay.updatePriorities([2, 3], [0.5, 2]);
  return replay;
}

function moved(noise) {
  noise.addTo(new Float32Array(2), 1);
  return noise;
}

/** What may come to stand somewhere in a state. */
const foreign = fc.oneof(
  anyNumber,
  fc.constantFrom(null, true, 'text', [], {}, [null], [[1]]),
  fc.uint8Array({ maxLength: 30 }),
  fc.float32Array({ maxLength: 4 }),
  fc.float64Array({ maxLength: 4 }),
  fc.int32Array({ maxLength: 4 }),
);

/** The places of a state: the whole, and all that is below it. */
function placesOf(value, path = []) {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.keys(value).flatMap((key) => placesOf(value[key], [...path, key]))];
}

/** Without observations and actions, which are whose environment it is to know. */
function withoutOthers(value) {
  if (Array.isArray(value)) return value.map(withoutOthers);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const own = Object.entries(value).filter(([key]) => key !== 'observation' && key !== 'action');
  return Object.fromEntries(own.map(([key, each]) => [key, withoutOthers(each)]));
}

function withAt(value, [key, ...rest], other) {
  if (key === undefined) return other;
  const copy = ArrayBuffer.isView(value) ? value.slice() : Array.isArray(value) ? [...value] : { ...value };
  copy[key] = withAt(copy[key], rest, other);
  return copy;
}

export const properties = Object.fromEntries(
  Object.entries(makers).map(([name, make]) => [
    name,
    fc.asyncProperty(fc.nat(), foreign, async (at, other) => {
      const part = make();
      try {
        const before = part.state();
        const places = placesOf(before);
        const given = withAt(before, places[at % places.length], other);
        const taken = await orRefusal(() => (part.restore(given), true));
        const after = part.state();
        if (!taken && !isDeepStrictEqual(after, before))
          throw new Error('a state was refused, but changed something');
        const found = taken && firstNotFinite(withoutOthers(after), 'state');
        if (found) throw new Error(`a number that is none was taken: ${found.path}`);
      } finally {
        part.dispose?.();
      }
    }),
  ]),
);
