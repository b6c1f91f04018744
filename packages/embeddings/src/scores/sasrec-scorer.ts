import { assertLengths } from './array-lengths.js';
import { AttentionBlock } from './attention-block.js';
import { assertScorable, type HistoryScorer } from './history-scorer.js';
import { layerNorm } from './layer-norm.js';
import { RowDots } from './row-dots.js';
import type { SavedSasrec, SavedSasrecBlock } from './saved-sasrec.js';

/**
 * Scores itemBias + h · item, where h is what the blocks make of the newest item, normalized. Without a history h is
 * the normalization's offset.
 *
 * @throws RangeError where an array has another size, or the heads do not divide a vector.
 */
export function sasrecScorer(saved: SavedSasrec): HistoryScorer {
  assertSizes(saved);
  const { name, itemCount, items, itemBias, window, likedFrom, fittedOn, heads } = saved;
  const { size, vectors } = items;
  const blocks = saved.blocks.map((block) => new AttentionBlock(block, size, heads, window));
  const catalogue = new RowDots(vectors, size);
  const x = new Float32Array(window * size);

  /** Writes what is read of an item at a place of the window. */
  function read(item: number, isLiked: boolean, place: number): void {
    const { inputScale, opinions, positions } = saved;
    const [ofItem, ofOpinion, at] = [item * size, isLiked ? size : 0, place * size];
    for (let k = 0; k < size; k++) {
      x[at + k] = vectors[ofItem + k]! * inputScale + opinions[ofOpinion + k]! + positions[at + k]!;
    }
  }

  return {
    name,
    itemCount,
    fittedOn,
    score: (history, scores) => {
      assertScorable(history, scores, itemCount);
      const { items, ratings } = history;
      const length = Math.min(items.length, window);
      const first = items.length - length;
      for (let place = 0; place < length; place++) {
        read(items[first + place]!, ratings[first + place]! >= likedFrom, place);
      }
      for (const [place, block] of blocks.entries()) {
        // Of the last block only what it makes of the newest item is asked for.
        block.apply(x, length, place === blocks.length - 1 ? length - 1 : 0);
      }
      if (length === 0) catalogue.x.fill(0);
      else catalogue.x.set(x.subarray((length - 1) * size, length * size));
      layerNorm(catalogue.x, saved.scale, saved.offset);
      catalogue.compute();
      for (let item = 0; item < itemCount; item++) scores[item] = catalogue.products[item]! + itemBias[item]!;
    },
  };
}

function assertSizes(saved: SavedSasrec): void {
  const { itemCount, items, itemBias, opinions, positions, window, heads, blocks, scale, offset } = saved;
  const { size } = items;
  if (!Number.isSafeInteger(size / heads)) {
    throw new RangeError(`heads: expected a divisor of ${size}, got ${heads}`);
  }
  assertLengths({
    items: [items.vectors.length, itemCount * size],
    itemBias: [itemBias.length, itemCount],
    opinions: [opinions.length, 2 * size],
    positions: [positions.length, window * size],
    scale: [scale.length, size],
    offset: [offset.length, size],
  });
  for (const [place, block] of blocks.entries()) {
    const lengths = Object.entries(blockLengths(size, block.hiddenBias.length)).map(
      ([name, expected]) =>
        [`blocks[${place}].${name}`, [block[name as keyof SavedSasrecBlock].length, expected]] as const,
    );
    assertLengths(Object.fromEntries(lengths));
  }
}

function blockLengths(size: number, hidden: number): Record<keyof SavedSasrecBlock, number> {
  return {
    attentionScale: size,
    attentionOffset: size,
    attentionKernel: size * 3 * size,
    attendedKernel: size * size,
    hiddenScale: size,
    hiddenOffset: size,
    hiddenKernel: size * hidden,
    hiddenBias: hidden,
    outputKernel: hidden * size,
    outputBias: size,
  };
}
