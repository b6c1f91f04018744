import { recommend as recommendItems } from '@rl-recsys/drr';
import { ItemHistory, NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import type { Dataset } from '@rl-recsys/datasets';
import { isLiked, rewardOf, type RatingLog } from '@rl-recsys/rating-log';
import { useWasmBackend } from './backend.js';
import { loadRun } from './run.js';
import { textTable } from './text-table.js';

/** Prints what a user liked last and what the run recommends them, which they have never rated. */
export async function recommend({
  run,
  user: id,
  k,
}: {
  run: string;
  user: string;
  k: number;
}): Promise<void> {
  await useWasmBackend();
  const { options, dataset, recommender } = await loadRun(run);
  const user = dataset.users.indexOf(id);
  if (user === undefined) {
    const known = dataset.users.ids.slice(0, 3).join(', ');
    throw new Error(
      `--user: expected one of the run's ${dataset.users.size} users (such as ${known}), got ${id}`,
    );
  }
  const observation = latestObservation(dataset.log, user, options.historySize);

  const likes = Array.from(observation.history.filter((item) => item !== NO_ITEM)).reverse();
  console.log(`User ${id} liked last, newest first:`);
  console.log(textTable(...itemTable(dataset, likes)));
  console.log('Recommended:');
  const best = recommendItems(recommender.policy, observation, k);
  const [head, rows] = itemTable(
    dataset,
    best.map(({ item }) => item),
  );
  console.log(
    textTable(
      [...head, 'score'],
      rows.map((row, place) => [...row, best[place]!.score]),
    ),
  );
}

/** A user as their whole log leaves them; candidates are the items that they never rated. */
function latestObservation(log: RatingLog, user: number, historySize: number): RecommendationObservation {
  const [start, end] = [log.offsets[user]!, log.offsets[user + 1]!];
  const rated = new Set(log.items.subarray(start, end));
  const history = new ItemHistory(historySize);
  for (let row = start; row < end; row++) {
    const rating = log.ratings[row]!;
    if (isLiked(rating, log.scale)) history.push(log.items[row]!, rewardOf(rating, log.scale));
  }
  const everyItem = Int32Array.from({ length: log.itemCount }, (_, item) => item);
  return { user, ...history.observe(), candidates: everyItem.filter((item) => !rated.has(item)) };
}

/** The items' ids, and their titles where the dataset knows any. */
function itemTable(
  { items, titles }: Dataset,
  chosen: readonly number[],
): [head: string[], rows: string[][]] {
  if (titles.size === 0) return [['item'], chosen.map((item) => [items.idOf(item)])];
  return [['item', 'title'], chosen.map((item) => [items.idOf(item), titles.get(item) ?? '–'])];
}
