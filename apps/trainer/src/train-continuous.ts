import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DdpgAgent, td3, trainAgent, type EpisodeSummary } from '@rl-recsys/ddpg';
import type { Environment } from '@rl-recsys/environment';
import { saveModel } from './model-files.js';
import { progressBar } from './progress.js';
import type { EnvironmentRun, SaveLearned } from './train-environment.js';

/** Trains TD3 on an environment with a box of actions. */
export function trainContinuous(
  environment: Environment<unknown, Float32Array>,
  { steps, random, seed }: EnvironmentRun,
): { saveLearned: SaveLearned; finished: Promise<void> } {
  const agent = new DdpgAgent({
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    random: random.fork('agent'),
    actorLearningRate: 1e-3,
    tau: 0.005,
    hiddenSize: 64,
    ...td3(random.fork('target noise')),
  });
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
    const { actor, critics } = agent.learner.networks;
    await saveModel(actor, join(draft, 'actor'));
    for (const [index, critic] of critics.entries())
      await saveModel(critic, join(draft, `critic-${index + 1}`));
    await writeFile(join(draft, 'agent.msgpack'), agent.learner.save());
    await writeFile(
      join(draft, 'episodes.jsonl'),
      episodes.map((line) => JSON.stringify(line) + '\n').join(''),
    );
  };
  return { saveLearned, finished };
}
