import type { Asker, Recommender } from '@rl-recsys/recommender';
import { loadRunRecommender } from '../run/load-recommender.js';
import { printResult } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

/** Whom to recommend to, and what. */
export interface RecommendOptions {
  readonly run: string;
  readonly user?: string;
  /** Items that somebody new liked. */
  readonly history?: readonly string[];
  readonly k: number;
}

/**
 * Prints what somebody liked last and what the run recommends them, which they have never rated; to whom the run does not
 * know, what is popular.
 *
 * @throws Error where nothing is left to recommend.
 */
export async function recommend({ run, user, history, k }: RecommendOptions): Promise<void> {
  const recommender = await loadRunRecommender(run);
  if (user !== undefined && !recommender.knows(user)) sayUnknown(recommender, user);
  for (const item of history ?? []) refuseUnknownItem(recommender, item);
  const asker: Asker = user ?? { history: history! };
  const best = recommender.recommend(asker, { k });
  if (best.length === 0)
    throw new Error(
      `${user ?? '--history'}: nothing is left to recommend, all ${recommender.parts.items.size} items are rated`,
    );
  const titled = (item: string) => ({ item, title: recommender.titleOf(item) });
  const likes = recommender.historyItems(asker).map(titled);
  const heading = user === undefined ? 'Liked, newest first:' : `User ${user} liked last, newest first:`;
  const text = [
    ...(likes.length > 0 ? [heading, tableOf(likes, recommender)] : []),
    ...['Recommended:', tableOf(best, recommender)],
  ];
  printResult(text.join('\n'), { user, liked: likes, recommended: best });
}

interface Row {
  readonly item: string;
  readonly title?: string | undefined;
  readonly score?: number;
}

/** Ids, titles where the catalogue knows any, and scores where there are some. */
function tableOf(rows: readonly Row[], { parts: { titles } }: Recommender): string {
  const hasScores = rows[0]?.score !== undefined;
  return textTable(
    ['item', ...(titles.size > 0 ? ['title'] : []), ...(hasScores ? ['score'] : [])],
    rows.map(({ item, title, score }) => [
      item,
      ...(titles.size > 0 ? [title ?? '–'] : []),
      ...(hasScores ? [score!] : []),
    ]),
  );
}

function refuseUnknownItem({ parts: { items } }: Recommender, item: string): void {
  if (items.indexOf(item) !== undefined) return;
  const known = items.ids.slice(0, 3).join(', ');
  throw new Error(
    `--history: expected some of the run's ${items.size} items (such as ${known}), got ${item}`,
  );
}

/** On stderr, so that what is recommended can be read by a program. */
function sayUnknown({ parts: { users } }: Recommender, user: string): void {
  const known = users.ids.slice(0, 3).join(', ');
  console.error(
    `${user} is none of the run's ${users.size} users (such as ${known}): these items are popular with them`,
  );
}
