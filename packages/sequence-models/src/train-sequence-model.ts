import { Adam, clipByGlobalNorm } from '@rl-recsys/agent';
import { FitWork } from '@rl-recsys/embeddings';
import * as tf from '@tensorflow/tfjs-core';
import { CandidateSampler } from './candidate-items.js';
import type { AllSequenceFitOptions } from './fit-options.js';
import { learningRateAt } from './learning-rate.js';
import { nextItemLoss } from './next-item-loss.js';
import type { SequenceModel } from './sequence-model.js';
import type { SequenceWindows } from './sequence-windows.js';

/** Above which length gradients are shortened to it. */
const LONGEST_GRADIENT = 1;

/** Trains a model in place, as long as its options say. */
export async function trainSequenceModel(
  model: SequenceModel,
  windows: SequenceWindows,
  options: AllSequenceFitOptions,
): Promise<void> {
  const { random, epochs, batchSize, learningRate } = options;
  const candidates = new CandidateSampler(model.items.shape[0], options.negatives);
  const adam = new Adam([...model.learned], { learningRate, beta2: 0.98 });
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
        const loss = () => nextItemLoss(model, batch, others, { ...options, random: drops! });
        update(model, adam, loss);
        await work.reach(adam.step / updates);
      }
    }
  } finally {
    adam.dispose();
  }
}

/** One step of Adam. */
function update({ learned }: SequenceModel, adam: Adam, loss: () => tf.Scalar): void {
  const { value, grads } = tf.variableGrads(loss, [...learned]);
  const clipped = clipByGlobalNorm(grads, LONGEST_GRADIENT);
  adam.apply(clipped);
  tf.dispose([value, grads, clipped]);
}
