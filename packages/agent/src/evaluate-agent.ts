import type { Environment } from '@rl-recsys/environment';
import type { Agent } from './agent.js';

/**
 * The returns of an agent's best actions over some episodes, without learning.
 *
 * @param seed - of the first episode; each later one has the next.
 * @returns `[episodes]`
 */
export async function evaluateAgent<Observation, Action>({
  environment,
  agent,
  episodes,
  seed,
}: {
  environment: Environment<Observation, Action>;
  agent: Pick<Agent<Observation, Action>, 'act'>;
  episodes: number;
  seed: number;
}): Promise<number[]> {
  const returns = [];
  for (let episode = 0; episode < episodes; episode++) {
    let { observation } = await environment.reset({ seed: seed + episode });
    let [episodeReturn, ended] = [0, false];
    while (!ended) {
      const [action] = agent.act([observation]);
      const step = await environment.step(action!);
      observation = step.observation;
      episodeReturn += step.reward;
      ended = step.terminated || step.truncated;
    }
    returns.push(episodeReturn);
  }
  return returns;
}
