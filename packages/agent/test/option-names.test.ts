import { Random } from '@rl-recsys/random';
import { float32, NStepReturns, PrioritizedReplay, UniformReplay } from '@rl-recsys/replay-buffer';
import { expect, test } from '@jest/globals';
import { Adam, createReplay, gaussianNoise, ornsteinUhlenbeckNoise } from '../src/index.js';

const random = Random.fromSeed(1);
const fields = { x: float32() };
const replay = { capacity: 2, fields, random };

/** Whatever takes options, called with one more. */
const takers: Record<string, (more: object) => unknown> = {
  Adam: (more) => new Adam([], { learningRate: 1, ...more }),
  gaussianNoise: (more) => gaussianNoise({ deviation: 1, random, ...more }),
  ornsteinUhlenbeckNoise: (more) => ornsteinUhlenbeckNoise({ random, ...more }),
  createReplay: (more) => createReplay({ prioritized: more }, { fields, random }),
  UniformReplay: (more) => new UniformReplay({ ...replay, ...more }),
  PrioritizedReplay: (more) => new PrioritizedReplay({ ...replay, ...more }),
  NStepReturns: (more) => new NStepReturns({ steps: 1, gamma: 1, ...more }),
};

test.each(Object.entries(takers))('%s refuses an option that nothing would read', (_, take) => {
  expect(() => take({})).not.toThrow();
  expect(() => take({ beta3: 0.5 })).toThrow(
    /^beta3: expected one of the options [\w, ]+, got an unknown name$/,
  );
});

test('noise without its deviation is refused', () => {
  expect(() => gaussianNoise({ random } as never)).toThrow(
    'deviation: expected a finite number from 0, got undefined',
  );
});

test('what is no object of options is refused', () => {
  expect(() => new UniformReplay(undefined as never)).toThrow('options: expected an object, got undefined');
  expect(() => createReplay({ prioritized: 'yes' as never }, { fields, random })).toThrow(
    'options: expected an object, got yes',
  );
});
