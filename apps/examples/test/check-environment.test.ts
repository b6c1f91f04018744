import { test } from '@jest/globals';
import { assertEnvironment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { pendulum } from '../src/pendulum.js';
import makePendulumV1 from '../src/pendulum-v1.js';
import { shop } from '../src/shop.js';

test.each([
  ['the shop', () => assertEnvironment(() => shop({ random: Random.fromSeed(1) }))],
  ['the pendulum', () => assertEnvironment(() => pendulum({ random: Random.fromSeed(1) }))],
  ['Pendulum-v1', () => assertEnvironment(makePendulumV1)],
])('%s keeps the contract', (_, assertion) => assertion());
