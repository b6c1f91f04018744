import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { cartPoleV1 } from './cart-pole.js';

/** Makes a CartPole-v1 of its own: what a program takes that is told of an environment by its file. */
export default (): Environment<Float32Array, number> => cartPoleV1({ random: Random.fromSeed(0) });
