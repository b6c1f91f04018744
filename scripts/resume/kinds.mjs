// What is trained to show that a training which was stopped goes on as if it had not been: agents as the trainer makes them, and those that
// it does not offer, with networks and batches at their defaults.
import { join, resolve } from 'node:path';
import { DqnAgent, SacAgent } from '@rl-recsys/ddpg';
import { spacesOf } from '@rl-recsys/environment';
import { cartPoleV1 } from '@rl-recsys/examples/cart-pole';
import { pendulumV1 } from '@rl-recsys/examples/pendulum';
import { Random } from '@rl-recsys/random';
import { makeOnLog } from '../../apps/trainer/dist/commands/make-on-log.js';
import { parseTrainOptions } from '../../apps/trainer/dist/options/parse.js';
import { makeTd3 } from '../../apps/trainer/dist/variants/td3/make.js';

const movieLens = { dataset: 'ml-100k', data: join(process.env.RL_RECSYS_DATA ?? '.', 'ml-100k') };
const seeded = (label) => Random.fromSeed(1).fork(label);

/**
 * By name: `steps` of the whole training, `warmUp` steps after which nothing is learned yet, `amid` rounds after which an episode is
 * under way, and what makes agent and environment.
 */
export const KINDS = {
  default: { steps: 7680, warmUp: 384, amid: 10, make: onLog({}) },
  'ml-residual': { steps: 3840, warmUp: 64, amid: 5, make: onLog({ ...movieLens, variant: 'residual' }) },
  'ml-paper': { steps: 1000, warmUp: 40, amid: 5, make: onLog({ ...movieLens, variant: 'paper' }) },
  td3: {
    ...{ steps: 2400, warmUp: 500, amid: 100 },
    make(steps) {
      const options = parseTrainOptions({ env: resolve('pendulum.js'), variant: 'td3', steps });
      return makeTd3(pendulumV1({ random: seeded('pendulum') }), options, Random.fromSeed(1));
    },
  },
  sac: {
    ...{ steps: 600, warmUp: 100, amid: 100 },
    make() {
      const environment = pendulumV1({ random: seeded('pendulum') });
      return {
        environment,
        agent: new SacAgent({ ...spacesOf(environment), warmup: 200, random: seeded('agent') }),
      };
    },
  },
  dqn: {
    ...{ steps: 2400, warmUp: 500, amid: 4 },
    make() {
      const environment = cartPoleV1({ random: seeded('cart') });
      return { environment, agent: new DqnAgent({ ...spacesOf(environment), random: seeded('agent') }) };
    },
  },
};

/** What the command line trains with these options. */
function onLog(given) {
  return async (steps) => (await makeOnLog(parseTrainOptions({ ...given, steps }), () => undefined)).made;
}
