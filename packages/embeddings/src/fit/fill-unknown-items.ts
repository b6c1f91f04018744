import { createEmbeddingTable, vectorOf, type EmbeddingTable } from '../embedding-table.js';

export interface UnknownItemOptions {
  /** What the vectors were fitted on: the training part of a log, or a model's fingerprint. */
  readonly fittedOn: { readonly itemCount: number; readonly items: Int32Array };
  /** The categories of each item, such as a film's genres; any number of them. */
  readonly categories: readonly (readonly (string | number)[])[];
}

/**
 * A table whose unknown items have the vectors of items like them: the mean of their categories' vectors,
 * where a category's vector is the mean of its known items. So a small category counts as much as a large
 * one. Where an item has no category that a known item has, it gets the mean of all known items.
 *
 * Unknown are items without an interaction in what was fitted on, and items whose numbers are all zeros, as
 * a fit leaves items that it held out or that nobody liked. Give a table with the bias as a column, such
 * as `itemTable(model)`, and the biases are filled too.
 *
 * @returns a new table; the known rows are the same.
 * @throws RangeError where the counts of items differ, or no item is known.
 */
export function fillUnknownItems(
  table: EmbeddingTable,
  { fittedOn, categories }: UnknownItemOptions,
): EmbeddingTable {
  const { rows, size } = table;
  const counts = { 'fittedOn.itemCount': fittedOn.itemCount, 'categories.length': categories.length };
  for (const [name, count] of Object.entries(counts)) {
    if (count !== rows) throw new RangeError(`${name}: expected ${rows} like the table's rows, got ${count}`);
  }
  const isKnown = new Uint8Array(rows);
  for (const item of fittedOn.items) isKnown[item] = 1;
  const known = Array.from(isKnown.keys()).filter(
    (item) => isKnown[item] === 1 && vectorOf(table, item).some((value) => value !== 0),
  );
  if (known.length === 0) throw new RangeError('fittedOn: expected an item that has a vector, got none');

  const overall = new Mean(size);
  const byCategory = new Map<string | number, Mean>();
  for (const item of known) {
    const vector = vectorOf(table, item);
    overall.add(vector);
    for (const category of new Set(categories[item])) {
      const mean = byCategory.get(category) ?? new Mean(size);
      mean.add(vector);
      byCategory.set(category, mean);
    }
  }

  const filled = createEmbeddingTable(table.vectors.slice(), size);
  const unknown = new Set(isKnown.keys());
  for (const item of known) unknown.delete(item);
  for (const item of unknown) {
    const mean = new Mean(size);
    for (const category of new Set(categories[item])) {
      const own = byCategory.get(category);
      if (own !== undefined) mean.add(own.value());
    }
    vectorOf(filled, item).set((mean.count > 0 ? mean : overall).value());
  }
  return filled;
}

/** The mean of vectors, in double precision. */
class Mean {
  count = 0;
  private readonly sum: Float64Array;

  constructor(size: number) {
    this.sum = new Float64Array(size);
  }

  add(vector: ArrayLike<number>): void {
    this.count += 1;
    for (let k = 0; k < this.sum.length; k++) this.sum[k]! += vector[k]!;
  }

  value(): Float64Array {
    return this.sum.map((total) => total / this.count);
  }
}
