import { setTimeout } from 'node:timers/promises';
import { parentPort, threadId } from 'node:worker_threads';
import { Random } from '@rl-recsys/random';
import { box, discrete } from '@rl-recsys/environment';

/** A walk that ends at ±3. Actions above 1 misbehave, each in its own way. */
export default function walk({ answersLater = false, isSaved = false } = {}) {
  let random = Random.fromSeed('walk');
  let place = 0;
  const observe = () => Float32Array.of(place, place * place);
  const misbehave = {
    throw: () => {
      throw new RangeError('action: expected 0 or 1, got 2');
    },
    exit: () => process.exit(3),
    crash: () => {
      void Promise.reject(new Error('out of reach'));
      return new Promise(() => {});
    },
    hang: () => new Promise(() => {}),
    chatter: () => {
      parentPort.postMessage({ id: 1, result: 'a step?' });
      return new Promise(() => {});
    },
    garbage: () => 'garbage',
    send: () => ({
      observation: observe(),
      reward: 0,
      terminated: false,
      truncated: false,
      info: { observe },
    }),
  };
  return {
    observationSpace: box({ low: -9, high: 9, length: 2 }),
    actionSpace: discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) random = Random.fromSeed(seed);
      place = 0;
      return { observation: observe(), info: { seed, threadId } };
    },
    step(action) {
      if (action in misbehave) return misbehave[action]();
      place += action === 1 ? 1 : random.integer(3) - 1;
      const reward = place + random.uniform();
      const result = {
        observation: observe(),
        reward,
        terminated: Math.abs(place) === 3,
        truncated: false,
        info: { threadId },
      };
      return answersLater ? setTimeout(random.integer(3), result) : result;
    },
    ...(isSaved && {
      state: () => ({ random: random.state(), place }),
      restore(state) {
        random = Random.fromState(state.random);
        place = state.place;
      },
    }),
  };
}
