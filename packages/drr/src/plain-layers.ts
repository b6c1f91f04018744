import type { DenseLayer } from '@rl-recsys/wasm-kernels';
import type { PlainLayer } from './dense-forward.js';

/** Copies of layers' numbers as they are now. */
export function plainLayers(layers: readonly DenseLayer[]): PlainLayer[] {
  return layers.map(({ kernel, bias, activation }) => ({
    kernel: kernel.dataSync<'float32'>().slice(),
    bias: bias.dataSync<'float32'>().slice(),
    activation: activation as PlainLayer['activation'],
  }));
}
