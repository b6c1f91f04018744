import { rowError, type Row } from './rows.js';

/** Where a column stands and what it is called in messages. */
export interface Column {
  readonly name: string;
  readonly position: number;
}

/** The columns of a rating; without `timestamp` the order of the rows is their order in time. */
export interface RatingFields {
  readonly user: Column;
  readonly item: Column;
  readonly rating: Column;
  readonly timestamp?: Column;
}

/** What the columns of a rating are called. */
export interface RatingFieldNames {
  readonly user: string;
  readonly item: string;
  readonly rating: string;
  /** Where undefined, a column `timestamp` is used if there is one. */
  readonly timestamp: string | undefined;
}

/** The names that must be among the columns. */
export function requiredNames({ user, item, rating, timestamp }: RatingFieldNames): string[] {
  return [user, item, rating, ...(timestamp === undefined ? [] : [timestamp])];
}

/** The names in a header row, without the spaces around them. */
export function columnNames(header: readonly string[]): string[] {
  return header.map((name) => name.trim());
}

/** Finds the columns of a rating in a header row. */
export function findFields(header: Row, names: RatingFieldNames): RatingFields {
  const existing = columnNames(header.fields);
  const wanted = requiredNames(names);
  if (!wanted.every((name) => existing.includes(name))) {
    throw rowError(header, `expected the columns ${wanted.join(', ')}, got ${existing.join(', ')}`);
  }
  const find = (name: string): Column => {
    const position = existing.indexOf(name);
    if (existing.includes(name, position + 1)) {
      throw rowError(header, `expected one column ${name}, got several`);
    }
    return { name, position };
  };
  const fields = { user: find(names.user), item: find(names.item), rating: find(names.rating) };
  const timestamp = names.timestamp ?? 'timestamp';
  return existing.includes(timestamp) ? { ...fields, timestamp: find(timestamp) } : fields;
}
