import type { IdMap } from '@rl-recsys/rating-log';
import { findLogFiles, readCells, type LogFormat } from './log-files.js';

/** Where titles and categories of items are. */
export interface ItemSource {
  /** A file, a folder, a pattern or several; see `readLog`. */
  readonly source: string | readonly string[];
  /** Default: by the files' endings. */
  readonly format?: LogFormat;
  /** The column of the items' ids. */
  readonly id: string;
  readonly title?: string;
  /** The column of categories: a list, or text. */
  readonly category?: string;
  /** What separates several categories in a text (default: it is one category). */
  readonly separator?: string;
}

/** What is known of items, by their indices. */
export interface ItemMetadata {
  readonly titles: ReadonlyMap<number, string>;
  readonly categories: ReadonlyMap<number, readonly string[]>;
}

/** Joins titles and categories to the items that there are; rows of others are passed over. */
export async function readItems(
  { source, format, id, title, category, separator }: ItemSource,
  items: IdMap,
): Promise<ItemMetadata> {
  const titles = new Map<number, string>();
  const categories = new Map<number, readonly string[]>();
  const names = [id, ...(title === undefined ? [] : [title]), ...(category === undefined ? [] : [category])];
  for (const file of await findLogFiles(source, format)) {
    await readCells(file, format, names, (cells) => {
      const item = items.indexOf(cells.text(0));
      if (item === undefined) return;
      if (title !== undefined && cells.text(1) !== '') titles.set(item, cells.text(1));
      if (category === undefined) return;
      const place = names.length - 1;
      const text = cells.text(place);
      const parts = cells.list?.(place) ?? (separator === undefined ? [text] : text.split(separator));
      const named = parts.map((part) => part.trim()).filter((part) => part !== '');
      if (named.length > 0) categories.set(item, named);
    });
  }
  return { titles, categories };
}
