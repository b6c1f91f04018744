import { copyWeights, softUpdate } from '@rl-recsys/agent';
import * as tf from '@tensorflow/tfjs-core';
import type { ResidualLearnResult } from './update-parts.js';

/** Networks as far as averages follow them. */
interface Followed {
  readonly variables: readonly tf.Variable[];
  readonly ofModules: readonly tf.Variable[];
}

/** What an update by autograd has computed: the loss of the actor where it was its turn. */
interface UpdateResults {
  readonly criticLoss: tf.Scalar;
  readonly tdError: tf.Tensor1D;
  readonly actorLoss: tf.Scalar | undefined;
}

/** Lets the averaged networks follow where the actor has learned, and reads and disposes the results. */
export function finishUpdate(
  { online, averaged, tau }: { readonly online: Followed; readonly averaged: Followed; readonly tau: number },
  { criticLoss, actorLoss, tdError }: UpdateResults,
): ResidualLearnResult {
  if (actorLoss) {
    softUpdate(averaged.variables, online.variables, tau);
    copyWeights(averaged.ofModules, online.ofModules);
  }
  const figures = { criticLoss: criticLoss.dataSync()[0]!, actorLoss: actorLoss?.dataSync()[0] };
  const tdErrors = tdError.dataSync<'float32'>().slice();
  tf.dispose([criticLoss, tdError, ...(actorLoss ? [actorLoss] : [])]);
  return { figures, tdErrors };
}
