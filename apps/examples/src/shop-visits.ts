import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { shop } from './shop.js';

/** Makes a shop of its own: what a program takes that is told of an environment by its file. */
export default (): Environment<RecommendationObservation, number> => shop({ random: Random.fromSeed(0) });
