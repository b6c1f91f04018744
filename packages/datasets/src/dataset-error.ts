import { asCode, problemText, type Advice, type Problem } from './advice.js';

/**
 * A file that cannot be read or a download that failed.
 *
 * The message is one line that says where, what was expected, what came, and which option would help, fit to be shown
 * as it is.
 */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  /** The message without its advice. */
  readonly reason: string;
  /** What would help: one of these. */
  readonly advice: readonly Advice[];

  constructor(reason: string, { advice = [], ...options }: ErrorOptions & Pick<Problem, 'advice'> = {}) {
    super(problemText({ reason, advice }, asCode), options);
    this.reason = reason;
    this.advice = advice;
  }
}

/** An error about the row that begins on `line` of a file, from 1. */
export function rowError(file: string, line: number, { reason, ...more }: Problem): DatasetError {
  return new DatasetError(`${file}, line ${line}: ${reason}`, more);
}
