import type { IdMap } from '@rl-recsys/rating-log';
import type { BadRows } from './bad-rows.js';
import type { FileOptions, LogFile } from './log-file.js';
import type { ItemRows } from './log-report.js';

/** Where titles and categories of items are; their `encoding` is that of the log, where it is left out. */
export interface ItemSource extends FileOptions {
  /** A file, a folder, a pattern or several; see `readLog`. */
  readonly source: string | readonly string[];
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
  readonly report: ItemRows;
}

/** Joins titles and categories to the items that there are; rows of others are passed over, and of several the last counts. */
export async function readItems(
  files: readonly LogFile[],
  source: ItemSource,
  items: IdMap,
  badRows: BadRows,
): Promise<ItemMetadata> {
  const { title, category, separator } = source;
  const titles = new Map<number, string>();
  const categories = new Map<number, readonly string[]>();
  const names = columnsOfItems(source);
  const seen = new Set<number>();
  let [rows, unknown, repeated] = [0, 0, 0];
  for (const file of files) {
    await file.readCells(source, names, (cells) => {
      rows += 1;
      if (cells.problem !== undefined) return badRows.add(file.path, cells.line, cells.problem);
      const item = items.indexOf(cells.text(0));
      if (item === undefined) {
        unknown += 1;
        return;
      }
      if (seen.has(item)) repeated += 1;
      seen.add(item);
      if (title !== undefined && cells.text(1) !== '') titles.set(item, cells.text(1));
      if (category === undefined) return;
      const place = names.length - 1;
      const text = cells.text(place);
      const parts = cells.list?.(place) ?? (separator === undefined ? [text] : text.split(separator));
      const named = parts.map((part) => part.trim()).filter((part) => part !== '');
      if (named.length > 0) categories.set(item, named);
    });
  }
  return { titles, categories, report: { rows, named: seen.size, unknown, repeated } };
}

/** The columns that are read of items. */
export function columnsOfItems({ id, title, category }: ItemSource): string[] {
  return [id, ...(title === undefined ? [] : [title]), ...(category === undefined ? [] : [category])];
}
