/**
 * A file that cannot be read or a download that failed.
 *
 * The message is one line that says where, what was expected and what came, fit to be shown as it is.
 */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}
