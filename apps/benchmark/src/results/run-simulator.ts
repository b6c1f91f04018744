import { fitMatrixFactorization, predictRating } from '@rl-recsys/embeddings';
import { bootstrapMean, evaluateSessions, randomPolicy, type Policy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { ratingModelEnvironment } from '@rl-recsys/simulators';
import { startBackend } from '../contenders/backend.js';
import { simpleBaselines } from './baselines.js';
import type { SimulatorExperiment } from './experiments.js';
import { learningPolicy } from './learning-policy.js';
import { loadSplit, type LoadedSplit } from './load-split.js';
import type { SessionsMeasured, SimulatorMeasured } from './measured.js';
import { trainRewardModel } from './train-reward-model.js';
import { trainResidual, type TrainedVariant } from './train-residual.js';

/**
 * DRR's online evaluation (Liu et al. 2018, Algorithm 3): users answer with their logged rating, held-out ones
 * included, and else with what PMF predicts, which was fitted on the training part with a seed of its own.
 */
export async function runSimulator({ options }: SimulatorExperiment): Promise<SimulatorMeasured> {
  await startBackend({ backend: 'wasm', fastKernels: true });
  const { sessions, lengths, baselines, ...given } = options;
  const loaded = await loadSplit(given);
  const { train, test } = loaded.split;
  const { historySize } = loaded;
  const random = Random.fromSeed(options.seed);
  const judge = fitMatrixFactorization(train, { random: random.fork('judge'), biases: false });
  const trained = await trainResidual(loaded, { ...given, variant: 'residual' });
  const policies: Policy[] = [
    ...(baselines ? await othersOf(loaded, trained, random) : []),
    trained.policy,
    learningPolicy(trained.agent, random.fork('learning')),
  ];
  const environment = ratingModelEnvironment({
    log: loaded.dataset.log,
    predict: (user, item) => predictRating(judge, user, item),
    historySize,
    random: random.fork('simulator'),
  });
  const measured: SessionsMeasured[] = [];
  for (const steps of lengths) {
    for (const policy of policies) {
      const result = await evaluateSessions(policy, {
        ...{ environment, sessions, steps, test },
        random: random.fork('sessions'),
      });
      const { reward, length, repeatRate } = result.perUser;
      const bootstrap = { random: random.fork('bootstrap') };
      measured.push({
        ...{ policy: result.policy, steps },
        reward: bootstrapMean(reward, bootstrap),
        length: bootstrapMean(length, bootstrap),
        repeatRate: bootstrapMean(repeatRate, bootstrap),
      });
    }
  }
  return { sessions: measured };
}

/** All that DRR is compared with. */
async function othersOf(
  loaded: LoadedSplit,
  { baselines }: TrainedVariant,
  random: Random,
): Promise<Policy[]> {
  const { train } = loaded.split;
  const model = fitMatrixFactorization(train, { random: random.fork('embeddings').fork('ratings 0') });
  return [
    randomPolicy(random.fork('random')),
    ...simpleBaselines(train, model, { random }),
    await trainRewardModel(loaded, { random }),
    ...baselines.slice(1), // its matrix factorisation is there already
  ];
}
