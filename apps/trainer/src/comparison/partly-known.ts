import { DENSE_ITEMS } from '@rl-recsys/embeddings';
import { say } from '../terminal/output.js';

/** Says which models know a part of a large catalogue alone, as they have a number for each pair of items. */
export function sayPartlyKnown(
  models: readonly string[],
  { itemCount }: { readonly itemCount: number },
): void {
  const { all, ofMore } = DENSE_ITEMS;
  if (models.length === 0 || itemCount <= all) return;
  const [known, there] = [ofMore, itemCount].map((count) => count.toLocaleString('en'));
  say(`${models.join(', ')}: of ${there} items the ${known} alone that were rated most; others score 0`);
}
