import { readLogBlob } from '@rl-recsys/datasets/blob';
import type { DroppedFile } from '../../messages.js';
import type { Plan } from '../../plan.js';
import { movingTaste } from './moving-taste.js';
import { ratings, syntheticRatings } from './ratings.js';
import { smallShop } from './shop.js';
import type { World } from './world.js';

/**
 * The world of a plan.
 *
 * @param say - is told what takes a while.
 * @throws DatasetError or RangeError where a file can't be read or has too little in it.
 */
export async function makeWorld(
  { world, seed }: Plan,
  file: DroppedFile | undefined,
  say: (text: string) => void,
): Promise<World> {
  if (world === 'moving-taste') return movingTaste(seed, say);
  if (world === 'shop') return smallShop(seed, say);
  if (world === 'ratings') {
    say('Drawing ratings like those of MovieLens 100K …');
    const about =
      'Ratings like those of MovieLens 100K, made from a few equations and played back: what is shown earns what its user gave it.';
    return ratings(syntheticRatings(seed), { name: 'ratings', about, seed, say });
  }
  if (!file)
    throw new RangeError('A link has no ratings in it: nothing leaves the page. Drop the same file here.');
  const { name, blob, columns } = file;
  say(`Reading ${name} …`);
  const about = `Your ratings, ${name}, played back. They stay in this page.`;
  return ratings(await readLogBlob(blob, name, columns), { name, about, seed, say });
}
