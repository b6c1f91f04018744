import { activeKernels, type FastKernels } from '@rl-recsys/wasm-kernels';
import { denseActor, denseCritic, type DenseNetworks } from './dense-networks.js';
import { copyingEncoder, type FusedEncoder } from './fused-encoder.js';
import { FusedUpdate } from './fused-update.js';
import type { ActorCritic } from './actor-critic.js';
import type { DdpgNetworks } from './networks.js';

/**
 * The update of an actor-critic, written by hand, where it can be had: fast kernels are active, the actor is a
 * stack of dense layers, and the critics have the shape of `createCritic`.
 *
 * @param makeEncoder - needed where its networks have an encoder, which it runs by hand too.
 * @param batchSize - how many transitions a batch has.
 * @returns undefined where it can't be had. The caller frees it.
 */
export function fuse<Observation = Float32Array>(
  actorCritic: ActorCritic,
  batchSize: number,
  makeEncoder?: (fast: FastKernels) => FusedEncoder<Observation>,
): FusedUpdate<Observation> | undefined {
  const fast = activeKernels();
  const [online, target] = [match(actorCritic.networks), match(actorCritic.targets)];
  if (!fast || !online || !target || (actorCritic.networks.encoder && !makeEncoder)) return undefined;
  const stateSize = online.actor[0]!.kernel.shape[0];
  const encoder =
    makeEncoder?.(fast) ??
    (copyingEncoder(fast, stateSize, batchSize) as unknown as FusedEncoder<Observation>);
  return new FusedUpdate(fast, actorCritic, { online, target }, encoder, batchSize);
}

function match({ actor, critics }: DdpgNetworks): DenseNetworks | undefined {
  const actorLayers = denseActor(actor);
  const criticLayers = critics.map(denseCritic).filter((layers) => layers !== undefined);
  if (!actorLayers || criticLayers.length < critics.length) return undefined;
  return { actor: actorLayers, critics: criticLayers };
}
