import { box, type Environment } from '@rl-recsys/environment';
import { savedCount, savedRecord, type Random } from '@rl-recsys/random';

type Probe = Environment<Float32Array, Float32Array>;

const spaces = {
  observationSpace: box({ low: -1, high: 1, length: 1 }),
  actionSpace: box({ low: -2, high: 2, length: 1 }),
};

/** An environment of one step: see x, act, and earn what `reward` says. */
export function oneStep(random: Random, reward: (x: number, action: number) => number): Probe {
  let x = 0;
  const see = () => Float32Array.of(x);
  return {
    ...spaces,
    reset() {
      x = random.uniform() < 0.5 ? -1 : 1;
      return { observation: see(), info: {} };
    },
    step(action) {
      return {
        observation: see(),
        reward: reward(x, action[0]!),
        terminated: true,
        truncated: false,
        info: {},
      };
    },
    state: () => ({ x, random: random.state() }),
    restore(state) {
      const saved = savedRecord(state, 'state', ['x', 'random']);
      random.restore(saved.random);
      x = saved.x as number;
    },
  };
}

/** `length` places in a row, whatever is done; the last step earns 1. Its first value is γ^(length − 1). */
export function chain(length: number): Probe {
  let place = 0;
  const see = () => Float32Array.of((2 * place) / length - 1);
  return {
    ...spaces,
    reset() {
      place = 0;
      return { observation: see(), info: {} };
    },
    step() {
      place += 1;
      const terminated = place === length;
      return { observation: see(), reward: terminated ? 1 : 0, terminated, truncated: false, info: {} };
    },
    state: () => place,
    restore: (state) => void (place = savedCount(state, 'place')),
  };
}
