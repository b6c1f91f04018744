import { tdTarget, weightedSquaredError, type LearnResult } from '@rl-recsys/agent';
import { NO_ITEM } from '@rl-recsys/environment';
import * as tf from '@tensorflow/tfjs-core';
import { finishUpdate } from '../residual/finish-update.js';
import { softmaxPolicyLoss } from '../residual/losses.js';
import { actionScores } from './block-actor.js';
import type { Candidates } from './pool-tensors.js';
import { spreadScores } from './spread.js';
import type { GatedObserved } from './state.js';
import { isActorsTurn, shownRows, type GatedBatch, type GatedUpdateParts } from './update-parts.js';

/** One update by TensorFlow.js's gradients, on any backend; it leaves no tensor behind. */
export function updateByAutograd(parts: GatedUpdateParts, { columns, weights }: GatedBatch): LearnResult {
  const results = tf.tidy(() => {
    const { tensors, historySize } = parts;
    const observed = tensors.observe(columns, historySize);
    const candidates = tensors.candidates(columns.candidates, weights.length);
    const target = targetOf(parts, columns);
    const { criticLoss, tdError } = updateCritics(parts, observed, columns, target, tf.tensor1d(weights));
    const actorLoss = isActorsTurn(parts) ? updateActor(parts, observed, candidates) : undefined;
    return { criticLoss, tdError, actorLoss };
  });
  return finishUpdate(parts, results);
}

/** y = r + discount · min Q'(s', x'), where x' is what the averaged actor would show next of what is left. */
function targetOf(
  { tensors, historySize, averaged: { actor, critics } }: GatedUpdateParts,
  { user, kind, reward, discount, nextHistory, nextRewards, candidates, shown }: GatedBatch['columns'],
): tf.Tensor1D {
  const r = tf.tensor1d(reward);
  if (discount.every((each) => each === 0)) return r;
  const batch = reward.length;
  const left = candidates.slice();
  for (const [row, place] of shown.entries()) left[(row * left.length) / batch + place] = NO_ITEM;
  const next = tensors.observe({ user, kind, history: nextHistory, rewards: nextRewards }, historySize);
  const { scores, vectors, there } = tensors.candidates(left, batch);
  const preferences = spreadScores(actionScores(actor.act(next), scores, vectors), there);
  const chosen = tf.cast(tf.oneHot(tf.argMax<tf.Tensor1D>(preferences, 1), there.shape[1]), 'float32');
  const [first, second] = critics.map((critic) => critic.values(next, scores));
  const value = tf.sum<tf.Tensor1D>(tf.mul(tf.minimum(first!, second!), chosen), 1);
  return tdTarget(r, tf.tensor1d(discount), tf.mul(value, tf.max(there, 1)));
}

function updateCritics(
  { tensors, online, criticOptimizer, masks }: GatedUpdateParts,
  observed: GatedObserved,
  columns: GatedBatch['columns'],
  target: tf.Tensor1D,
  weight: tf.Tensor1D,
) {
  const rows = shownRows(columns);
  const { scores } = tensors.candidates(rows, rows.length);
  let tdErrors: tf.Tensor1D[] = [];
  const { value, grads } = tf.variableGrads(() => {
    tdErrors = online.critics.map((critic) => {
      const valued = tf.squeeze<tf.Tensor1D>(critic.values(observed, scores, masks), [1]);
      return tf.keep(tf.sub(target, valued));
    });
    const losses = tdErrors.map((tdError) => weightedSquaredError(tdError, weight));
    return losses.reduce((sum, loss) => tf.add(sum, loss));
  }, [...criticOptimizer.variables]);
  criticOptimizer.apply(grads);
  const [tdError, ...others] = tdErrors;
  tf.dispose(others);
  return { criticLoss: value, tdError: tdError! };
}

function updateActor(
  { online, actorOptimizer, masks, temperature }: GatedUpdateParts,
  observed: GatedObserved,
  { scores, vectors, there }: Candidates,
): tf.Scalar {
  const { actor, critics } = online;
  const [first, second] = critics.map((critic) => critic.values(observed, scores));
  // To one spread for each user: else those who like much would be all that matters.
  const values = tf.mul<tf.Tensor2D>(spreadScores(tf.minimum(first!, second!), there), there);
  const { value, grads } = tf.variableGrads(() => {
    const preferences = spreadScores(actionScores(actor.act(observed, masks), scores, vectors), there);
    return softmaxPolicyLoss(preferences, values, temperature);
  }, [...actorOptimizer.variables]);
  actorOptimizer.apply(grads);
  return value;
}
