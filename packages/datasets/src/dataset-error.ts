/**
 * A file that cannot be read or a download that failed.
 *
 * The message is one line that says where, what was expected and what came, fit to be shown as it is.
 */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}

/** An error about the row that begins on `line` of a file, from 1. */
export function rowError(file: string, line: number, problem: string): DatasetError {
  return new DatasetError(`${file}, line ${line}: ${problem}`);
}
