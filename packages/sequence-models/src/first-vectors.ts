import type { SavedLinear } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import { itemFactors } from './item-factors.js';

/** About how far an item's numbers are from 0 at first. */
const SPREAD = 0.1;

/**
 * Where vectors of items begin: at random, or at the strongest factors of a linear model.
 *
 * @returns float32 `[items, d]`, where d is `size`, or the number of items where a linear model has no more factors.
 * @throws RangeError where the model is of another catalogue, or of a part of one.
 */
export function firstVectors(
  itemCount: number,
  { startFrom, size, random }: { startFrom?: SavedLinear; size: number; random: Random },
): Float32Array {
  if (startFrom && startFrom.itemCount !== itemCount) {
    throw new RangeError(`startFrom: expected a model of ${itemCount} items, got ${startFrom.itemCount}`);
  }
  if (startFrom?.among) {
    throw new RangeError(`startFrom: expected a model of all items, got one of ${startFrom.among.length}`);
  }
  const start = random.fork('items');
  const items = startFrom
    ? itemFactors(startFrom, Math.min(size, itemCount), start)
    : Float32Array.from({ length: itemCount * size }, () => start.normal());
  return spreadOut(items);
}

/** The same vectors, brought to a deviation of {@link SPREAD}. */
function spreadOut(items: Float32Array): Float32Array {
  const squares = items.reduce((sum, value) => sum + value ** 2, 0);
  const factor = squares > 0 ? SPREAD / Math.sqrt(squares / items.length) : 0;
  return items.map((value) => value * factor);
}
