import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  DdpgAgent,
  td3,
  trainAgent,
  WolpertingerAgent,
  type Agent,
  type DdpgLearner,
  type EpisodeSummary,
} from '@rl-recsys/ddpg';
import { wrap, type DiscreteSpace, type Environment } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { identityMatrix } from './identity-matrix.js';
import { saveModel } from './model-files.js';
import { progressBar } from './progress.js';
import type { EnvironmentRun, StartedTraining } from './train-environment.js';

/** Of many actions the critic compares this many; of few it compares all. */
const NEIGHBOURS = 10;

/** Trains TD3 on an environment with a box of actions. */
export function trainContinuous(
  environment: Environment<unknown, Float32Array>,
  run: EnvironmentRun,
): StartedTraining {
  const { observationSpace, actionSpace } = environment;
  const agent = new DdpgAgent({ observationSpace, actionSpace, ...settings(run.random) });
  return trainEpisodes(environment, agent, agent.learner, run);
}

/** Trains TD3 on an environment of discrete actions, each of which is a dimension of its own. */
export function trainDiscrete(
  environment: Environment<unknown, number>,
  { size, start }: DiscreteSpace,
  run: EnvironmentRun,
): StartedTraining {
  const { observationSpace } = environment;
  const agent = new WolpertingerAgent({
    ...{ observationSpace, vectors: identityMatrix(size), vectorSize: size },
    neighbours: Math.min(size, NEIGHBOURS),
    ...settings(run.random),
  });
  const fromZero = wrap(environment, { step: (action) => environment.step(start + action) });
  return trainEpisodes(fromZero, agent, agent.inner.learner, run);
}

function settings(random: Random) {
  return {
    random: random.fork('agent'),
    actorLearningRate: 1e-3,
    tau: 0.005,
    hiddenSize: 64,
    ...td3(random.fork('target noise')),
  };
}

function trainEpisodes<Action>(
  environment: Environment<unknown, Action>,
  agent: Agent<unknown, Action>,
  learner: DdpgLearner,
  { steps, seed }: EnvironmentRun,
): StartedTraining {
  const episodes: EpisodeSummary[] = [];
  const bar = progressBar('training [{bar}] {value}/{total} steps | {eta_formatted} left | return {return}');
  const finished = trainAgent({
    ...{ environment, agent, steps, seed },
    onEpisode: async (episode) => {
      episodes.push(episode);
      bar.update(episode.step, { total: steps, return: episode.return.toPrecision(4) });
      await nextTurn(); // lets the bar be drawn
    },
  }).finally(() => bar.stop());
  const saveLearned = async (draft: string) => {
    const { actor, critics } = learner.networks;
    await saveModel(actor, join(draft, 'actor'));
    for (const [index, critic] of critics.entries())
      await saveModel(critic, join(draft, `critic-${index + 1}`));
    await writeFile(join(draft, 'agent.msgpack'), learner.save());
    await writeFile(
      join(draft, 'episodes.jsonl'),
      episodes.map((line) => JSON.stringify(line) + '\n').join(''),
    );
  };
  return { saveLearned, finished };
}
