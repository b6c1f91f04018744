import { assertNumbers, integerFrom } from '@rl-recsys/agent';
import type { SavedGru } from '@rl-recsys/embeddings';
import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import * as tf from '@tensorflow/tfjs-core';
import { firstVectors } from './first-vectors.js';
import { assertFitOptions, SEQUENCE_FIT_DEFAULTS, type SequenceFitOptions } from './fit-options.js';
import { Gru4RecModel } from './gru4rec-model.js';
import { SequenceWindows } from './sequence-windows.js';
import { trainSequenceModel } from './train-sequence-model.js';
import { numbersOf } from './variables.js';

/** How GRU4Rec is fitted. */
export interface Gru4RecOptions extends SequenceFitOptions {
  /** Units of the recurrent layer (default 128). */
  readonly units?: number;
}

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
  const options = { ...SEQUENCE_FIT_DEFAULTS, units: 128, learningRate: 0.003, ...given };
  assertFitOptions(options);
  const { units, window, windowsPerUser } = options;
  assertNumbers(integerFrom(1), { units });
  const { itemCount } = log;
  const windows = new SequenceWindows(log, window, windowsPerUser);
  const items = firstVectors(itemCount, options);
  const size = items.length / itemCount;
  const model = new Gru4RecModel({ itemCount, size, units }, items, options.random.fork('weights'));
  try {
    await trainSequenceModel(model, windows, options);
    const { items: vectors, ...numbers } = numbersOf(model.variables);
    return {
      ...{ kind: 'gru', name: 'GRU4Rec', itemCount, window, inputScale: model.inputScale },
      items: { rows: itemCount, size, vectors },
      ...numbers,
      likedFrom: leastLike(log.scale),
      fittedOn: [fingerprintOf(log)],
    };
  } finally {
    tf.dispose(model.learned);
  }
}
