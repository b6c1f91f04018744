import { expect, test } from '@jest/globals';
import { assertEnvironment, canBeSaved } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { cartPole } from '../src/cart-pole.js';
import makeCartPoleV1 from '../src/cart-pole-v1.js';
import { pendulum } from '../src/pendulum.js';
import makePendulumV1 from '../src/pendulum-v1.js';
import { shop } from '../src/shop.js';

test.each([
  ['the shop', () => assertEnvironment(() => shop({ random: Random.fromSeed(1) }))],
  ['the pendulum', () => assertEnvironment(() => pendulum({ random: Random.fromSeed(1) }))],
  ['Pendulum-v1', () => assertEnvironment(makePendulumV1)],
  ['the cart with its pole', () => assertEnvironment(() => cartPole({ random: Random.fromSeed(1) }))],
  ['CartPole-v1', () => assertEnvironment(makeCartPoleV1)],
])('%s keeps the contract', (_, assertion) => assertion());

test.each([shop({ random: Random.fromSeed(1) }), makePendulumV1(), makeCartPoleV1()])(
  'example %# can be stopped within an episode and go on',
  (environment) => expect(canBeSaved(environment)).toBe(true),
);
