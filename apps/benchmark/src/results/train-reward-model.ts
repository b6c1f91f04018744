import { RewardModel, RewardModelPolicy } from '@rl-recsys/drr';
import { syncVectorEnvironment, timeLimit } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { logMomentsEnvironment } from '@rl-recsys/simulators';
import { fitBlocks } from '@rl-recsys/trainer/fit-blocks';
import { learningRateShare } from '@rl-recsys/trainer/learning-rate-share';
import type { TrainOptions } from '@rl-recsys/trainer/options';
import { pastRows } from '@rl-recsys/trainer/past-rows';
import { trainingMoments } from '@rl-recsys/trainer/training-moments';

/** Sessions side by side and updates a round, as the default variant is trained. */
const [SESSIONS, UPDATES] = [64, 4];
/** Rounds of steps that only fill the replay buffer. */
const WARM_UP = 48;

/**
 * Trains the one-step reward model on random items of the training part: the same moments, vectors, number of updates
 * and rates as of DRR's default variant with this seed.
 *
 * @param given - `options`: the default variant's; `random`: the seed's, as the trainer gets it.
 */
export async function trainRewardModel(
  train: RatingLog,
  { options, random }: { readonly options: TrainOptions; readonly random: Random },
): Promise<RewardModelPolicy> {
  const { steps, batchSize, sessionLength, historySize } = options;
  const moments = trainingMoments(train, random.fork('moments'));
  const { users, items, blocks, fittedOn } = fitBlocks(train, pastRows(train, moments), {
    random: random.fork('embeddings'),
    onFit: () => {},
  });
  const model = new RewardModel({
    ...{ users, items, blocks, historySize, fittedOn: fittedOn.slice(0, 1) },
    random: random.fork('reward model'),
  });
  const replay = new UniformReplay({
    capacity: steps,
    fields: model.fields,
    random: random.fork('replay'),
  });
  const streams = random.fork('environment');
  const sessions = syncVectorEnvironment(
    Array.from({ length: SESSIONS }, (_, index) => () => {
      const stream = streams.fork(String(index));
      return timeLimit(
        logMomentsEnvironment({ log: train, moments, historySize, random: stream }),
        sessionLength,
      );
    }),
  );
  const choices = random.fork('exploration');
  const batch = replay.createBatch(batchSize);
  const rounds = Math.ceil(steps / SESSIONS);
  let { observations } = await sessions.reset();
  let ended = observations.map(() => false);
  for (let round = 0; round < rounds; round++) {
    const shown = observations.map(({ candidates }, session) =>
      ended[session] ? 0 : candidates[choices.integer(candidates.length)]!,
    );
    const next = await sessions.step(shown);
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
      model.standardise(first);
    }
    model.scaleLearningRate(learningRateShare(round, rounds));
    for (let update = 0; update < UPDATES; update++) {
      replay.sample(batch);
      model.learn(batch);
    }
  }
  return new RewardModelPolicy(model);
}
