import { assertLengths } from './array-lengths.js';
import { GruCell } from './gru-cell.js';
import { assertScorable, type HistoryScorer } from './history-scorer.js';
import { layerNorm } from './layer-norm.js';
import { RowDots } from './row-dots.js';
import type { SavedGru } from './saved-gru.js';

/**
 * Scores itemBias + h · item, where h is the normalized last state. Without a history h is that of a state of 0.
 *
 * @throws RangeError where an array has another size.
 */
export function gruScorer(saved: SavedGru): HistoryScorer {
  const { name, itemCount, items, itemBias, window, likedFrom, fittedOn, opinions } = saved;
  const { size, vectors } = items;
  const units = saved.bias.length / 3;
  assertLengths({
    items: [vectors.length, itemCount * size],
    itemBias: [itemBias.length, itemCount],
    opinions: [opinions.length, 2 * size],
    kernel: [saved.kernel.length, size * 3 * units],
    recurrentKernel: [saved.recurrentKernel.length, units * 3 * units],
    outputKernel: [saved.outputKernel.length, units * size],
    outputBias: [saved.outputBias.length, size],
    scale: [saved.scale.length, size],
    offset: [saved.offset.length, size],
  });
  const cell = new GruCell(saved, units);
  const catalogue = new RowDots(vectors, size);

  return {
    name,
    itemCount,
    fittedOn,
    score: (history, scores) => {
      assertScorable(history, scores, itemCount);
      cell.begin();
      const { length } = history.items;
      for (let place = Math.max(0, length - window); place < length; place++) {
        cell.read(history.items[place]!, history.ratings[place]! >= likedFrom);
      }
      headOf(saved, cell.state, catalogue.x);
      catalogue.compute();
      for (let item = 0; item < itemCount; item++) scores[item] = catalogue.products[item]! + itemBias[item]!;
    },
  };
}

/** The vector that items are held against: a dense layer, and its layer normalization. */
function headOf(
  { outputKernel, outputBias, scale, offset }: SavedGru,
  state: Float32Array,
  head: Float32Array,
): void {
  const size = head.length;
  head.set(outputBias);
  for (let unit = 0; unit < state.length; unit++) {
    for (let k = 0; k < size; k++) head[k]! += state[unit]! * outputKernel[unit * size + k]!;
  }
  layerNorm(head, scale, offset);
}
