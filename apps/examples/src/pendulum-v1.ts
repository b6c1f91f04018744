import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { pendulumV1 } from './pendulum.js';

/** Makes a Pendulum-v1 of its own: what a program takes that is told of an environment by its file. */
export default (): Environment<Float32Array, Float32Array> => pendulumV1({ random: Random.fromSeed(0) });
