import type { FusedEncoder } from '@rl-recsys/ddpg';
import type { Random } from '@rl-recsys/random';
import { DrrAve, GruState, TransformerState } from '@rl-recsys/state';
import type { FastKernels } from '@rl-recsys/wasm-kernels';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Histories } from '../tables.js';
import { wholeLayer } from '../whole-layer.js';
import { fusedAverage } from './fused-average.js';
import { fusedGru, runsByHand } from './fused-gru.js';
import { fusedTransformer } from './fused-transformer.js';
import type { FusedEncoderOptions } from './history-rows.js';

/**
 * The state module of an agent in training by hand.
 *
 * @param modules - as it learns and as the targets have it.
 * @param random - what its layers drop numbers by.
 * @returns what makes it; undefined for modules that are left to autograd.
 */
export function encoderByHand(
  modules: { readonly online: LayersModel; readonly target: LayersModel },
  options: FusedEncoderOptions,
  random: Random,
): ((fast: FastKernels) => FusedEncoder<Histories>) | undefined {
  const [online, target] = [wholeLayer(modules.online), wholeLayer(modules.target)];
  if (online instanceof DrrAve && target instanceof DrrAve) {
    return (fast) => fusedAverage(fast, options, { online, target });
  }
  if (online instanceof GruState && target instanceof GruState && runsByHand(online)) {
    return (fast) => fusedGru(fast, options, { online, target });
  }
  if (online instanceof TransformerState && target instanceof TransformerState) {
    return (fast) => fusedTransformer(fast, options, { online, target }, random);
  }
  return undefined;
}
