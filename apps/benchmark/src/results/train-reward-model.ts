import { learningRateShare, residualFromLog, RewardModel, RewardModelPolicy, SESSIONS } from '@rl-recsys/drr';
import type { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import type { LoadedSplit } from './load-split.js';
import { BATCH_SIZE } from './train-residual.js';

/** Updates a round, as the default variant is trained. */
const UPDATES = 4;
/** Rounds of steps that only fill the replay buffer. */
const WARM_UP = 48;

/**
 * Trains the one-step reward model on random items of the training part: the same moments, vectors, number of updates
 * and rates as of DRR's default variant with this seed.
 *
 * @param random - the seed's, as that variant gets it.
 */
export async function trainRewardModel(
  { split: { train }, historySize }: LoadedSplit,
  { random }: { readonly random: Random },
): Promise<RewardModelPolicy> {
  const { agent, environment, steps, tables } = residualFromLog(train, { historySize, random });
  const { users, items } = agent.learner.tables;
  const { blocks } = agent.learner.savedPolicy();
  agent.dispose(); // what it was made from is all that is needed
  const model = new RewardModel({
    ...{ users, items, blocks, historySize, fittedOn: tables.fittedOn ?? [] },
    random: random.fork('reward model'),
  });
  const replay = new UniformReplay({
    capacity: steps,
    fields: model.fields,
    random: random.fork('replay'),
  });
  const choices = random.fork('exploration');
  const batch = replay.createBatch(BATCH_SIZE);
  const rounds = Math.ceil(steps / SESSIONS);
  let { observations } = await environment.reset();
  let ended = observations.map(() => false);
  for (let round = 0; round < rounds; round++) {
    const shown = observations.map(({ candidates }, session) =>
      ended[session] ? 0 : candidates[choices.integer(candidates.length)]!,
    );
    const next = await environment.step(shown);
    for (const [session, { user, history, rewards }] of observations.entries()) {
      if (next.reset[session]) continue;
      replay.add({ user, history, rewards, item: shown[session]!, reward: next.rewards[session]! });
    }
    observations = next.observations;
    ended = observations.map((_, session) => next.terminated[session]! || next.truncated[session]!);
    if (round + 1 < WARM_UP) continue;
    if (round + 1 === WARM_UP) {
      const first = replay.createBatch(Math.min(replay.size, 2048));
      replay.sample(first);
      model.prepare(first);
    }
    model.scaleLearningRates(learningRateShare(round, rounds));
    for (let update = 0; update < UPDATES; update++) {
      replay.sample(batch);
      model.learn(batch);
    }
  }
  return new RewardModelPolicy(model);
}
