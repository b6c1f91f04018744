import { Adam, clipByGlobalNorm } from '@rl-recsys/agent';
import { FitWork, type FitControl, type SavedGru, type SavedLinear } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import * as tf from '@tensorflow/tfjs-core';
import { CandidateSampler } from './candidate-items.js';
import { assertFitOptions } from './fit-options.js';
import { Gru4RecModel } from './gru4rec-model.js';
import { itemFactors } from './item-factors.js';
import { learningRateAt } from './learning-rate.js';
import { SequenceWindows } from './sequence-windows.js';

/** The defaults were found on slices of the training parts of MovieLens 100K and 1M. */
export interface Gru4RecOptions extends FitControl {
  /** Draws starting weights, windows, candidates and what is dropped; nothing is taken from the stream itself. */
  readonly random: Random;
  /** A linear model, such as SLIT, whose strongest factors the items begin at (default: at random, which takes several times as long). */
  readonly startFrom?: SavedLinear;
  /** d, numbers in an item's vector (default 64). */
  readonly size?: number;
  /** Units of the recurrent layer (default 128). */
  readonly units?: number;
  /** How many of the last items are read (default 50). */
  readonly window?: number;
  /** Windows of each user in an epoch (default 2). */
  readonly windowsPerUser?: number;
  /** Default 12. */
  readonly epochs?: number;
  /** Windows in an update (default 64). */
  readonly batchSize?: number;
  /** The largest learning rate, after a tenth of all updates; it ends near 0 (default 0.003). */
  readonly learningRate?: number;
  /** The share of numbers that training drops of what is read and of states (default 0.3). */
  readonly dropout?: number;
  /** What a next item counts that was not liked, beside 1 for one that was (default 0.2). */
  readonly disliked?: number;
  /** How many other items a next one is held against: all, or so many drawn anew for each update (default 1,000). */
  readonly negatives?: number;
}

/** Above which length gradients are shortened to it. */
const LONGEST_GRADIENT = 1;

/**
 * Fits GRU4Rec: a gated recurrent unit reads what a user rated in order, each item with whether they liked it, and after
 * each item foretells the next one, by a softmax over the items. Needs a backend of TensorFlow.js; with
 * fast kernels it trains several times faster. The result scores without TensorFlow.js.
 *
 * See "Session-based recommendations with recurrent neural networks", Hidasi et al. 2016, arXiv 1511.06939. Ours departs:
 * whole histories are cut into windows, the loss is cross-entropy over all or uniformly drawn items, with the correction
 * of Bengio and Senécal 2008 (as Klenitskiy and Vasilev 2023 found best), items are read and scored by one table, which
 * may begin at the factors of a linear model.
 *
 * @throws RangeError where an option is out of range, or nobody has two ratings.
 */
export async function fitGru4Rec(log: RatingLog, given: Gru4RecOptions): Promise<SavedGru> {
  const options = { ...DEFAULTS, ...given };
  assertFitOptions(options);
  const { random, startFrom, size, units, window, epochs, batchSize, learningRate } = options;
  const { itemCount } = log;
  if (startFrom && startFrom.itemCount !== itemCount) {
    throw new RangeError(`startFrom: expected a model of ${itemCount} items, got ${startFrom.itemCount}`);
  }
  const windows = new SequenceWindows(log, window, options.windowsPerUser);
  const candidates = new CandidateSampler(itemCount, options.negatives);
  const start = random.fork('items');
  const items = startFrom
    ? itemFactors(startFrom, Math.min(size, itemCount), start)
    : Float32Array.from({ length: itemCount * size }, () => start.normal());
  const width = items.length / itemCount;
  const model = new Gru4RecModel({ itemCount, size: width, units }, items, random.fork('weights'));
  const variables = Object.values(model.variables);
  const adam = new Adam(variables, { learningRate, beta2: 0.98 });
  const [orders, drops, draws] = ['windows', 'dropout', 'candidates'].map((name) => random.fork(name));
  const updates = epochs * Math.ceil(windows.count / batchSize);
  const work = new FitWork(options);
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = windows.epoch(orders!);
      for (let first = 0; first < order.length; first += batchSize) {
        const batch = windows.batch(order.slice(first, first + batchSize));
        const others = candidates.draw(batch.targets, draws!);
        adam.rateScale = learningRateAt(adam.step / updates);
        update(model, adam, () => model.loss(batch, others, { ...options, random: drops! }));
        await work.reach(adam.step / updates);
      }
    }
    const { items: vectors, ...numbers } = model.numbers();
    return {
      ...{ kind: 'gru', name: 'GRU4Rec', itemCount, window, inputScale: model.inputScale },
      items: { rows: itemCount, size: width, vectors },
      ...numbers,
      likedFrom: leastLike(log.scale),
      fittedOn: [fingerprintOf(log)],
    };
  } finally {
    adam.dispose();
    model.dispose();
  }
}

const DEFAULTS = {
  ...{ size: 64, units: 128, window: 50, windowsPerUser: 2, epochs: 12, batchSize: 64 },
  ...{ learningRate: 0.003, dropout: 0.3, disliked: 0.2, negatives: 1000 },
} as const;

/** One step of Adam. */
function update({ variables }: Gru4RecModel, adam: Adam, loss: () => tf.Scalar): void {
  const { value, grads } = tf.variableGrads(loss, Object.values(variables));
  const clipped = clipByGlobalNorm(grads, LONGEST_GRADIENT);
  adam.apply(clipped);
  tf.dispose([value, grads, clipped]);
}
