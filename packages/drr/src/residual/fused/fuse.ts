import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Room } from '@rl-recsys/wasm-kernels';
import type { ActorNetwork } from '../actor-network.js';
import type { ItemCritic } from '../item-critic.js';
import { learnedItems } from '../network-parts.js';

/** Where blocks begin, and behind them k, on an address. */
export interface FusedBlocks {
  readonly count: number;
  /** int32 `[blocks + 1]` */
  readonly starts: number;
}

/** Writes where blocks begin that are all dimensions. */
export function fuseBlocks(room: Room, blocks: readonly BlockPlace[]): FusedBlocks {
  const { start, size } = blocks.at(-1)!;
  const starts = Int32Array.of(...blocks.map((block) => block.start), start + size);
  return { count: blocks.length, starts: room.hold(starts) };
}

/** Whether a network can be computed by hand: its state is made of sums over the history, and vectors of items stay as they are. */
export function canFuse({ options: { features, items } }: ActorNetwork | ItemCritic): boolean {
  return features.sums() !== undefined && learnedItems(items).length === 0;
}
