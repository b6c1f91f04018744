import type { MaybePromise } from './environment.js';
import { isPromise } from './maybe-promise.js';

/** The longest that `setTimeout` can wait; more would fire at once. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** @throws RangeError where a timer can't wait so long. */
export function assertMilliseconds(name: string, milliseconds: number): void {
  if (!(milliseconds > 0 && milliseconds <= LONGEST_WAIT)) {
    throw new RangeError(`${name}: expected above 0 and at most ${LONGEST_WAIT}, got ${milliseconds}`);
  }
}

/**
 * The same answer; one that is promised and takes longer than `milliseconds` rejects. It is dropped when it comes.
 *
 * The promise rejects with a `DOMException` named `TimeoutError`, as `AbortSignal.timeout` does.
 *
 * @param name - what was asked, for the error.
 */
export function inTime<T>(name: string, answer: MaybePromise<T>, milliseconds: number): MaybePromise<T> {
  if (!isPromise(answer)) return answer;
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `${name}: expected an answer within ${milliseconds} ms, got none`;
      reject(new DOMException(message, 'TimeoutError'));
    }, milliseconds);
    // A late answer calls these too, to no effect.
    void answer.then(resolve, reject).then(() => clearTimeout(timer));
  });
}
