import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf, splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import {
  createEmbeddingTable,
  fitBpr,
  fitMatrixFactorization,
  fitMatrixFactorizationBySgd,
} from '../../src/index.js';
import type { FitProgress, MatrixFactorization } from '../../src/index.js';
import { likeLoss, ratingLoss } from '../../src/fit/validation-loss.js';
import { fitInEpochs, type EarlyStoppingOptions } from '../../src/fit/validation.js';
import { drawPlantedRatings, logOf, ratingsOf, rootMeanSquaredError } from './planted-log.js';

/** Two users with ten ratings each, 1 to 10 in time. */
const log = logOf(
  Array.from({ length: 20 }, (_, row) => ({ user: row % 2, item: row >> 1, rating: 1 + (row >> 1) })),
);

/** A model of two users and ten items that scores an item by its bias alone. */
function modelOf(itemBias: readonly number[], fittedOn = fingerprintOf(log)): MatrixFactorization {
  return {
    mean: 0,
    userBias: new Float32Array(2),
    itemBias: Float32Array.from(itemBias),
    users: createEmbeddingTable(new Float32Array(2), 1),
    items: createEmbeddingTable(new Float32Array(10), 1),
    fittedOn,
    foldIn: { kind: 'ratings', regularization: 1, biasRegularization: 1 },
  };
}

/** Runs a fitter whose model of epoch e has the mean e and the loss `losses[e − 1]`. */
function follow(losses: readonly number[], earlyStopping: EarlyStoppingOptions | undefined) {
  const seen = { trains: [] as RatingLog[], heldOut: [] as RatingLog[], progress: [] as FitProgress[] };
  const model = fitInEpochs(
    log,
    {
      iterations: losses.length,
      earlyStopping,
      onIteration: (step) => seen.progress.push(step),
      lossOn: (heldOut) => {
        seen.heldOut.push(heldOut);
        return ({ mean }) => losses[mean - 1]!;
      },
    },
    (train) => {
      seen.trains.push(train);
      let done = 0;
      return {
        advance: () => void done++,
        model: () => ({ ...modelOf(new Array<number>(10).fill(0)), mean: done }),
      };
    },
  );
  return { epoch: model.mean, ...seen };
}

describe('when it stops, and with which epoch', () => {
  test('without early stopping: all epochs, all ratings, the last model, and nothing is measured', () => {
    const { epoch, trains, heldOut, progress } = follow([3, 1, 2], undefined);
    expect(epoch).toBe(3);
    expect(trains).toEqual([log]);
    expect(heldOut).toEqual([]);
    expect(progress).toEqual([{ done: 1 }, { done: 2 }, { done: 3 }]);
  });

  test.each([
    { losses: [5, 4, 3, 3.5, 3.2, 1], patience: undefined, stops: 5, best: 3 }, // two by default
    { losses: [5, 4, 3, 3.5, 3.2, 1], patience: 1, stops: 4, best: 3 },
    { losses: [5, 4, 3, 3.5, 3.2, 1], patience: 3, stops: 6, best: 6 },
    { losses: [5, 6, 4, 6, 3, 6], patience: 2, stops: 6, best: 5 }, // a better one starts the count anew
    { losses: [5, 5, 5, 5], patience: 2, stops: 3, best: 1 }, // equal is not better
    { losses: [5, 4], patience: 2, stops: 2, best: 2 },
  ])(
    'losses $losses with patience $patience: the model of epoch $best',
    ({ losses, patience, stops, best }) => {
      const { epoch, progress } = follow(losses, patience === undefined ? {} : { patience });
      expect(epoch).toBe(best);
      expect(progress).toEqual(losses.slice(0, stops).map((loss, place) => ({ done: place + 1, loss })));
    },
  );

  test('it holds out the newest tenth of each user, or the share asked for', () => {
    expect(follow([1], {}).trains).toEqual([splitByTime(log, { testShare: 0.1 }).train]);
    const { trains, heldOut } = follow([1], { share: 0.3 });
    expect([...trains[0]!.ratings]).toEqual([1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7]);
    expect([...heldOut[0]!.ratings]).toEqual([8, 9, 10, 8, 9, 10]);
  });
});

describe('losses', () => {
  test('of ratings: the root mean squared error, by hand', () => {
    const [heldOut] = follow([1], { share: 0.2 }).heldOut;
    expect(ratingLoss(heldOut!)(modelOf([0, 0, 0, 0, 0, 0, 0, 0, 8, 14]))).toBeCloseTo(
      Math.sqrt((1 + 16) / 2),
      9,
    );
  });

  const likes = logOf(
    [
      { user: 0, item: 0, rating: -100 },
      { user: 0, item: 1, rating: 100 },
      { user: 0, item: 2, rating: 100 },
      { user: 1, item: 3, rating: 100 },
      { user: 1, item: 4, rating: 100 },
      { user: 1, item: 5, rating: -100 }, // the newest, and no like
    ],
    { itemCount: 10 },
  );
  const { test: heldOut } = splitByTime(likes, { testShare: 0.3 });
  // User 0's item 2 against the items 3, 4 and 5, which somebody has met and user 0 has not.
  const lossOf = (itemBias: readonly number[]) =>
    likeLoss(heldOut, likes, Random.fromSeed(1))(modelOf(itemBias));

  test('of likes: how often another item is above the like', () => {
    const best = [9, 9, 1, 0, 0, 0, 9, 9, 9, 9]; // those seen and those nobody met don't count
    expect(lossOf(best)).toBe(0);
    expect(lossOf(best.map((bias) => -bias))).toBe(1);
    expect(lossOf(best.map(() => 1))).toBe(0.5); // ties
    const third = lossOf([0, 0, 1, 2, 0, 0, 0, 0, 0, 0]); // one of three is above
    expect(third).toBeGreaterThan(0.05);
    expect(third).toBeLessThan(0.75);
  });

  test('of likes: a seed draws the same pairs', () => {
    const losses = Array.from({ length: 10 }, (_, seed) =>
      likeLoss(heldOut, likes, Random.fromSeed(seed))(modelOf([0, 0, 1, 2, 0, 0, 0, 0, 0, 0])),
    );
    expect(new Set(losses).size).toBeGreaterThan(1);
    const random = Random.fromSeed(3);
    random.uniform();
    expect(likeLoss(heldOut, likes, random)(modelOf([0, 0, 1, 2, 0, 0, 0, 0, 0, 0]))).toBe(losses[3]);
  });
});

describe('the fitters', () => {
  const ratings = drawPlantedRatings(Random.fromSeed(3), 30, 25);
  const noise = Random.fromSeed(4);
  const noisy = logOf(ratings.map((row) => ({ ...row, rating: row.rating + 2 * noise.normal() })));
  const { train, test: heldOut } = splitByTime(noisy, { testShare: 0.1 });

  test.each([
    [fitMatrixFactorization, { factors: 8, regularization: 0.01, biasRegularization: 0.01 }],
    [fitMatrixFactorizationBySgd, { regularization: 1e-4, biasRegularization: 1e-4, learningRate: 0.05 }],
  ] as const)('%p gives the model of its best epoch, fitted on the older part', (fit, options) => {
    const random = Random.fromSeed(1);
    const losses: number[] = [];
    const model = fit(noisy, {
      random,
      ...options,
      iterations: 60,
      earlyStopping: { patience: 3 },
      onIteration: ({ loss }) => losses.push(loss!),
    });
    const best = 1 + losses.indexOf(Math.min(...losses));
    expect(losses.length).toBe(best + 3); // it stopped early, and overfitted before
    expect(rootMeanSquaredError(model, ratingsOf(heldOut))).toBeCloseTo(losses[best - 1]!, 9);
    const alone = fit(train, { random, ...options, iterations: best });
    expect(model).toEqual({ ...alone, fittedOn: fingerprintOf(noisy) }); // the slice steered it
  });

  test('BPR measures one minus the AUC of the newest likes', () => {
    const losses: number[] = [];
    const random = Random.fromSeed(1);
    const clicks = logOf(ratings.filter(({ rating }) => rating > 3).map((row) => ({ ...row, rating: 100 })));
    const model = fitBpr(clicks, {
      random,
      earlyStopping: { patience: 5 },
      onIteration: ({ loss }) => losses.push(loss!),
    });
    const newest = splitByTime(clicks, { testShare: 0.1 }).test;
    expect(likeLoss(newest, clicks, random)(model)).toBe(Math.min(...losses));
    expect(Math.min(...losses)).toBeLessThan(losses[0]!);
  });
});

describe('errors', () => {
  test('the share is above 0 and below 1, the patience a positive integer', () => {
    for (const share of [0, 1, -0.1, NaN]) {
      expect(() => follow([1], { share })).toThrow(
        new RangeError(`earlyStopping.share: expected a share above 0 and below 1, got ${share}`),
      );
    }
    for (const patience of [0, 1.5, NaN]) {
      expect(() => follow([1], { patience })).toThrow(
        new RangeError(`earlyStopping.patience: expected a positive integer, got ${patience}`),
      );
    }
  });

  test('a cut that leaves nothing to train on is refused', () => {
    const single = logOf([
      { user: 0, item: 0, rating: 1 },
      { user: 1, item: 0, rating: 2 },
    ]);
    expect(() => fitMatrixFactorization(single, { random: Random.fromSeed(1), earlyStopping: {} })).toThrow(
      new RangeError(
        'earlyStopping.share: expected ratings on both sides of the cut, got 0 older and 2 newer ones',
      ),
    );
  });

  test('a slice without likes is refused', () => {
    const disliked = logOf([
      { user: 0, item: 0, rating: 100 },
      { user: 0, item: 1, rating: -100 },
      { user: 1, item: 2, rating: 100 },
      { user: 1, item: 1, rating: -100 },
    ]);
    expect(() => fitBpr(disliked, { random: Random.fromSeed(1), earlyStopping: {} })).toThrow(
      new RangeError('earlyStopping.share: expected likes among the newest ratings, got none'),
    );
  });
});
