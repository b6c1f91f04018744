import { Lifetime } from '@rl-recsys/agent';
import type { FusedEncoder } from '@rl-recsys/ddpg';
import type { Random } from '@rl-recsys/random';
import type { TransformerState } from '@rl-recsys/state';
import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import type { Histories } from '../tables.js';
import { FusedTransformerBlock } from './fused-transformer-block.js';
import { HistoryRows, type FusedEncoderOptions } from './history-rows.js';

/**
 * `TransformerState` from indices straight to states `[u, h]`. With its online weights it drops what the layer would that is called
 * with `{ training: true, random }`, and draws as much; with the targets' it never drops, and draws nothing.
 */
export function fusedTransformer(
  fast: FastKernels,
  options: FusedEncoderOptions,
  layers: { readonly online: TransformerState; readonly target: TransformerState },
  random: Random,
): FusedEncoder<Histories> {
  const { uploaded, historySize, batchSize } = options;
  const { size } = options.tables.items;
  const [vectorBytes, count] = [4 * size, batchSize * historySize];
  const room = new Room(fast);
  const [ofUsers, ofItems] = [room.take(batchSize * size), room.take(count * size)];
  // One of each, so that states of the targets never come between the online ones and their gradients.
  const part = (layer: TransformerState, learns: boolean, masks?: Random) => {
    const rows = new HistoryRows(room, options);
    const sizes = { batchSize, historySize, size, learns };
    return { rows, masks, block: new FusedTransformerBlock(room, layer, rows, sizes) };
  };
  const parts = { online: part(layers.online, true, random), target: part(layers.target, false) };
  const lifetime = new Lifetime('a transformer by hand');
  return {
    stateSize: 2 * size,
    learnsFrom: { first: size, count: size }, // u stays as it is
    isRandom: layers.online.dropout > 0,
    gradients: parts.online.block.gradients,
    forward(histories, which, out) {
      lifetime.assertOpen('forward');
      const { rows, block, masks } = parts[which];
      rows.write(histories);
      rows.writeUsers(ofUsers, out, 2 * vectorBytes);
      const items = fast.addressOf(uploaded.items);
      fast.exports.gather(items, uploaded.items.shape[0], rows.items, count, vectorBytes, ofItems);
      const h = block.forward(ofItems, masks);
      fast.exports.copyColumns(h, vectorBytes, out + vectorBytes, 2 * vectorBytes, batchSize, vectorBytes);
    },
    backward(stateGradient) {
      lifetime.assertOpen('backward');
      parts.online.block.backward(stateGradient);
    },
    free() {
      if (!lifetime.end()) return;
      for (const { block } of [parts.online, parts.target]) block.free();
      room.free();
    },
  };
}
