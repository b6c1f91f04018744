import { assertNumbers, integerFrom } from '@rl-recsys/agent';
import type { SavedLinear, SavedSasrec } from '@rl-recsys/embeddings';
import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import * as tf from '@tensorflow/tfjs-core';
import { firstVectors } from './first-vectors.js';
import { assertFitOptions, SEQUENCE_FIT_DEFAULTS, type SequenceFitOptions } from './fit-options.js';
import { SasrecModel } from './sasrec-model.js';
import { SequenceWindows } from './sequence-windows.js';
import { trainSequenceModel } from './train-sequence-model.js';
import { numbersOf } from './variables.js';

/** How SASRec is fitted. */
export interface SasrecOptions extends SequenceFitOptions {
  /** Blocks of self-attention, one behind the other (default 2, the paper's). */
  readonly blocks?: number;
  /** How many heads share d, which they divide (default 2). */
  readonly heads?: number;
}

/**
 * Fits SASRec: blocks of self-attention read what a user rated in order, each item with whether they liked it and with
 * its place, and after each item foretell the next one, by a softmax over the items. Needs a backend of TensorFlow.js;
 * with fast kernels it trains several times faster. The result scores without TensorFlow.js.
 *
 * See "Self-attentive sequential recommendation", Kang and McAuley 2018, arXiv 1808.09781. Ours departs: the loss is
 * cross-entropy over all or uniformly drawn items, with the correction of Bengio and Senécal 2008 (as Klenitskiy and
 * Vasilev 2023, arXiv 2309.07602, found best), windows begin at the first place, however short they are, attention has two
 * heads and an output matrix, the hidden layer 2d units, and the table of items may begin at the factors of a linear model.
 *
 * @throws RangeError where an option is out of range, heads do not divide a vector, or nobody has two ratings.
 */
export async function fitSasrec(log: RatingLog, given: SasrecOptions): Promise<SavedSasrec> {
  const options = { ...SEQUENCE_FIT_DEFAULTS, blocks: 2, heads: 2, learningRate: 0.002, ...given };
  assertFitOptions(options);
  const { blocks, heads, window, windowsPerUser, random } = options;
  assertNumbers(integerFrom(1), { blocks, heads });
  const { itemCount } = log;
  const windows = new SequenceWindows(log, window, windowsPerUser);
  const size = sharedSize(itemCount, options);
  const items = firstVectors(itemCount, { ...options, size });
  const model = new SasrecModel({ itemCount, size, window, blocks, heads }, items, random.fork('weights'));
  try {
    await trainSequenceModel(model, windows, options);
    const { items: vectors, ...numbers } = numbersOf(model.variables);
    return {
      ...{ kind: 'sasrec', name: 'SASRec', itemCount, window, heads, inputScale: model.inputScale },
      items: { rows: itemCount, size, vectors },
      ...numbers,
      blocks: model.blocks.map(numbersOf),
      likedFrom: leastLike(log.scale),
      fittedOn: [fingerprintOf(log)],
    };
  } finally {
    tf.dispose(model.learned);
  }
}

/** How many numbers an item's vector has: as asked for, or, where a linear model has fewer factors, as many as heads can share. */
function sharedSize(
  itemCount: number,
  { size, heads, startFrom }: { size: number; heads: number; startFrom?: SavedLinear },
): number {
  if (size % heads !== 0) throw new RangeError(`heads: expected a divisor of size = ${size}, got ${heads}`);
  if (!startFrom || size <= itemCount) return size;
  if (heads > itemCount)
    throw new RangeError(`heads: expected at most ${itemCount} for ${itemCount} items, got ${heads}`);
  return itemCount - (itemCount % heads);
}
