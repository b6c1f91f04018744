import { train } from '@rl-recsys/agent';
import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { SacAgent, type SacAgentOptions } from '../src/index.js';

type Probe = Environment<Float32Array, Float32Array>;
export type Options = Partial<SacAgentOptions<Float32Array>>;

export function agentFor(
  { observationSpace, actionSpace }: Probe,
  options: Options = {},
): SacAgent<Float32Array> {
  const small = { hiddenSize: 16, batchSize: 32, learningRate: 1e-2, tau: 0.1, warmup: 100, gamma: 0.9 };
  return new SacAgent({ observationSpace, actionSpace, random: Random.fromSeed(1), ...small, ...options });
}

export async function trained(
  environment: Probe,
  steps: number,
  options?: Options,
): Promise<SacAgent<Float32Array>> {
  const agent = agentFor(environment, options);
  await train({ environment, agent, steps, seed: 1 });
  return agent;
}
