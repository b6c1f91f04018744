import {
  fitMatrixFactorization,
  fitMatrixFactorizationBySgd,
  type MatrixFactorization,
} from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { standardDeviation } from 'simple-statistics';
import { serve, type Task } from '../harness/serve.js';
import { SEED } from '../sizes.js';
import { readLogFile } from './rating-log-file.js';
import { rootMeanSquaredError } from './root-mean-squared-error.js';
import { sweepTimes } from './sweep-times.js';

export interface FitContenderOptions {
  /** A file of `writeLogFile`. */
  readonly file: string;
  readonly factors: number;
  /** λ of the vectors as peers take it, in the unit of the ratings; ours takes it in their deviations. */
  readonly regularization: number;
  readonly biasRegularization: number;
}

/** Each request is a fit from the start, by ALS or by SGD; its first sweep is untimed. */
const { file, factors, regularization, biasRegularization } = JSON.parse(
  process.argv[2]!,
) as FitContenderOptions;
const log = readLogFile(file);
const random = Random.fromSeed(SEED);
const penalties = {
  regularization: regularization / standardDeviation(Array.from(log.ratings)),
  biasRegularization,
};

await serve({
  run: fitWith((options) => fitMatrixFactorization(log, { ...options, ...penalties })),
  sgd: fitWith((options) => fitMatrixFactorizationBySgd(log, options)),
});

type FitOptions = Parameters<typeof fitMatrixFactorization>[1];

function fitWith(fit: (options: FitOptions) => MatrixFactorization): Task {
  return (sweeps) => {
    const { model, times } = sweepTimes((onIteration) =>
      fit({ random, factors, iterations: sweeps + 1, onIteration }),
    );
    return { times, details: { fits: 1, rmse: rootMeanSquaredError(model, log) } };
  };
}
