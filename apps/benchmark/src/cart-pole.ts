import { train } from '@rl-recsys/agent';
import { DqnAgent } from '@rl-recsys/ddpg';
import { cartPoleV1 } from '@rl-recsys/examples/cart-pole';
import { Random } from '@rl-recsys/random';
import { printLearningTable } from './learning-table.js';

const STEPS = 50_000;
/** What solves the task: of at most 500. */
const SOLVED = 475;

/** DQN on CartPole-v1; it fails where a mean return is below 475. */
export async function benchCartPole({ seeds }: { seeds: readonly number[] }): Promise<void> {
  await printLearningTable(
    {
      ...{ name: 'CartPole-v1', steps: STEPS, solved: SOLVED, makeEnvironment },
      algorithms: { DQN: trained },
    },
    seeds,
  );
}

const makeEnvironment = (seed: number) => cartPoleV1({ random: Random.fromSeed(seed).fork('environment') });

async function trained(seed: number): Promise<DqnAgent<Float32Array>> {
  const environment = makeEnvironment(seed);
  const { observationSpace, actionSpace } = environment;
  const agent = new DqnAgent({
    ...{ observationSpace, actionSpace, random: Random.fromSeed(seed).fork('agent') },
    returnSteps: 3,
    learningRateShare: (round) => Math.max(0.01, 1 - round / STEPS),
  });
  await train({ agent, environment, steps: STEPS, seed });
  return agent;
}
