import { fitMatrixFactorization } from '@rl-recsys/embeddings';
import { oraclePolicy, randomPolicy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { startBackend } from '../contenders/backend.js';
import { factorizationPolicy, simpleBaselines } from './baselines.js';
import type { BaselinesExperiment } from './experiments.js';
import { loadSplit } from './load-split.js';
import type { LogMeasured } from './measured.js';
import { rank, rankSeveral, summarizeRanking, type Ranked } from './measure-ranking.js';
import { trainRewardModel } from './train-reward-model.js';

/** One draw of random orders says little. */
const RANDOM_DRAWS = 20;

/** Measures all baselines on one split. */
export async function runBaselines({ options }: BaselinesExperiment): Promise<LogMeasured> {
  await startBackend({ backend: 'wasm', fastKernels: true });
  const loaded = await loadSplit(options);
  const { train, test } = loaded.split;
  const random = Random.fromSeed(options.seed);
  // The seed's first factorization of the default variant, so that differences to it can be compared.
  const model = fitMatrixFactorization(train, { random: random.fork('embeddings').fork('ratings 0') });
  const probabilistic = fitMatrixFactorization(train, { random: random.fork('PMF'), biases: false });
  const rewardModel = await trainRewardModel(loaded, { random });
  const draws = Array.from({ length: RANDOM_DRAWS }, (_, draw) =>
    randomPolicy(random.fork(`random ${draw}`)),
  );
  const policies = [
    ...simpleBaselines(train, model, { random }),
    factorizationPolicy('PMF', probabilistic),
    rewardModel,
    oraclePolicy(test),
  ];
  const ranked: Ranked[] = [
    rankSeveral('random', draws, loaded),
    ...policies.map((policy) => rank(policy, loaded)),
  ];
  const factorization = ranked.find(({ policy }) => policy === 'matrix factorisation')!;
  const bootstrap = random.fork('bootstrap');
  return {
    policies: ranked.map((each) =>
      summarizeRanking(each, { random: bootstrap, ...(each === factorization ? {} : { factorization }) }),
    ),
  };
}
