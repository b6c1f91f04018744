import { activeKernels, type FastKernels } from '@rl-recsys/wasm-kernels';
import { denseActor, denseCritic, type DenseNetworks } from './dense-networks.js';
import { copyingEncoder, type FusedEncoder } from './fused-encoder.js';
import { FusedUpdate } from './fused-update.js';
import type { DdpgLearner } from './learner.js';
import type { DdpgNetworks } from './networks.js';

/**
 * The update of a learner, written by hand, where it can be had: fast kernels are active, the actor is a
 * stack of dense layers, and the critics have the shape of `createCritic`.
 *
 * @param makeEncoder - needed where the learner's networks have an encoder, which it runs by hand too.
 * @param batchSize - how many transitions a batch has.
 * @returns undefined where it can't be had. The caller frees it.
 */
export function fuse<Observation = Float32Array>(
  learner: DdpgLearner,
  batchSize: number,
  makeEncoder?: (fast: FastKernels) => FusedEncoder<Observation>,
): FusedUpdate<Observation> | undefined {
  const fast = activeKernels();
  const [online, target] = [match(learner.networks), match(learner.targets)];
  if (!fast || !online || !target || (learner.networks.encoder && !makeEncoder)) return undefined;
  const stateSize = online.actor[0]!.kernel.shape[0];
  const encoder =
    makeEncoder?.(fast) ??
    (copyingEncoder(fast, stateSize, batchSize) as unknown as FusedEncoder<Observation>);
  return new FusedUpdate(fast, learner, { online, target }, encoder, batchSize);
}

function match({ actor, critics }: DdpgNetworks): DenseNetworks | undefined {
  const actorLayers = denseActor(actor);
  const criticLayers = critics.map(denseCritic).filter((layers) => layers !== undefined);
  if (!actorLayers || criticLayers.length < critics.length) return undefined;
  return { actor: actorLayers, critics: criticLayers };
}
