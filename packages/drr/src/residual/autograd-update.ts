import { tdTarget, weightedSquaredError } from '@rl-recsys/agent';
import { NO_ITEM } from '@rl-recsys/environment';
import * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../histories.js';
import type { ActorNetwork } from './actor-network.js';
import { finishUpdate } from './finish-update.js';
import { candidateScores, softmaxPolicyLoss } from './losses.js';
import { itemRows, maskOf, observe, vectorsOf, type Observed } from './observed.js';
import {
  isActorsTurn,
  type ResidualBatch,
  type ResidualLearnResult,
  type UpdateParts,
} from './update-parts.js';

/** One update by TensorFlow.js's gradients, on any backend; it leaves no tensor behind. */
export function updateByAutograd(
  parts: UpdateParts,
  { columns, weights }: ResidualBatch,
): ResidualLearnResult {
  const results = tf.tidy(() => {
    const observed = observeBatch(parts, columns);
    const target = targetOf(parts, columns);
    const { criticLoss, tdError } = updateCritics(
      parts,
      observed,
      columns.item,
      target,
      tf.tensor1d(weights),
    );
    const actorLoss = isActorsTurn(parts) ? updateActor(parts, observed, columns.candidates) : undefined;
    return { criticLoss, tdError, actorLoss };
  });
  return finishUpdate(parts, results);
}

/** What actions `[batch, k]` score candidates `[batch · count]`: `[batch, count]`; the caller disposes it. */
export function scoresOf({ items }: ActorNetwork, action: tf.Tensor2D, candidates: Int32Array): tf.Tensor2D {
  const batch = action.shape[0];
  return tf.tidy(() => {
    const vectors = vectorsOf(items, itemRows(candidates), batch);
    return candidateScores(action, vectors, maskOf(candidates, batch));
  });
}

function observeBatch({ shared, items, historySize }: UpdateParts, histories: RewardedHistories): Observed {
  return observe(shared.users, items, historySize, histories);
}

/** y = r + discount · min Q'(s', x'), where x' is what the averaged actor would show next: r where that is nothing. */
function targetOf(
  parts: UpdateParts,
  { user, reward, discount, nextHistory, nextRewards, nextCandidates }: ResidualBatch['columns'],
): tf.Tensor1D {
  const r = tf.tensor1d(reward);
  if (discount.every((each) => each === 0)) return r;
  const { actor, critics } = parts.averaged;
  const next = observeBatch(parts, { user, history: nextHistory, rewards: nextRewards });
  const best = tf
    .argMax<tf.Tensor1D>(scoresOf(actor, actor.act(next), nextCandidates), 1)
    .dataSync<'int32'>();
  const shown = Int32Array.from(best, (place, row) => nextCandidates[row * parts.candidateCount + place]!);
  const ahead = discount.map((each, row) => (shown[row] === NO_ITEM ? 0 : each));
  const [first, second] = critics.map((critic) => critic.value(next, itemRows(shown)));
  return tdTarget(r, tf.tensor1d(ahead), tf.minimum(first!, second!));
}

function updateCritics(
  { online, criticOptimizer, masks }: UpdateParts,
  observed: Observed,
  item: Int32Array,
  target: tf.Tensor1D,
  weight: tf.Tensor1D,
) {
  const shown = tf.tensor1d(item, 'int32');
  let tdErrors: tf.Tensor1D[] = [];
  const { value, grads } = tf.variableGrads(() => {
    tdErrors = online.critics.map((critic) => {
      return tf.keep(tf.sub(target, critic.value(observed, shown, masks)));
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
  { online, actorOptimizer, masks, temperature }: UpdateParts,
  observed: Observed,
  candidates: Int32Array,
): tf.Scalar {
  const { actor, critics } = online;
  const rows = itemRows(candidates);
  const [first, second] = critics.map((critic) => critic.valuesOf(observed, rows));
  const values = tf.div<tf.Tensor2D>(tf.add(first!, second!), 2);
  const { value, grads } = tf.variableGrads(() => {
    const scores = scoresOf(actor, actor.act(observed, masks), candidates);
    return softmaxPolicyLoss(scores, values, temperature);
  }, [...actorOptimizer.variables]);
  actorOptimizer.apply(grads);
  return value;
}
