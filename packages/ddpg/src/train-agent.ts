import type { Environment } from '@rl-recsys/environment';
import type { Agent } from './agent.js';

/** One episode of training, as it ended. */
export interface EpisodeSummary {
  /** Steps of all episodes so far. */
  readonly step: number;
  /** The sum of its rewards. */
  readonly return: number;
  readonly length: number;
}

export interface TrainAgentOptions<Observation, Action> {
  readonly environment: Environment<Observation, Action>;
  readonly agent: Agent<Observation, Action>;
  readonly steps: number;
  /** Starts the environment's random stream. */
  readonly seed?: number;
  /** Called at the end of each episode; training waits for it. */
  readonly onEpisode?: (episode: EpisodeSummary) => void | Promise<void>;
}

/**
 * Trains an agent for some steps, episode after episode.
 *
 * An environment that throws or rejects ends it with that cause; the agent keeps what it has learned. Where neither
 * the environment nor `onEpisode` waits for anything, nothing else runs until it is done: in a page, let `onEpisode`
 * return `tf.nextFrame()`, so that it can be drawn.
 */
export async function trainAgent<Observation, Action>({
  environment,
  agent,
  steps,
  seed,
  onEpisode,
}: TrainAgentOptions<Observation, Action>): Promise<void> {
  let { observation } = await environment.reset(seed === undefined ? {} : { seed });
  let [episodeReturn, length] = [0, 0];
  for (let step = 1; step <= steps; step++) {
    const action = agent.explore(observation);
    const { observation: nextObservation, reward, terminated, truncated } = await environment.step(action);
    agent.observe({ observation, action, reward, nextObservation, terminated, truncated });
    observation = nextObservation;
    episodeReturn += reward;
    length += 1;
    if (terminated || truncated) {
      await onEpisode?.({ step, return: episodeReturn, length });
      [episodeReturn, length] = [0, 0];
      ({ observation } = await environment.reset());
    }
  }
}

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
      const step = await environment.step(agent.act(observation));
      observation = step.observation;
      episodeReturn += step.reward;
      ended = step.terminated || step.truncated;
    }
    returns.push(episodeReturn);
  }
  return returns;
}
