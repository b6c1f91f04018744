import type { Environment, MaybePromise } from '../environment.js';
import { isPromise } from '../maybe-promise.js';
import { wrap } from './wrap.js';

/** The longest that `setTimeout` can wait; more would fire at once. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * The same environment, in which a promised step or reset that takes longer than `milliseconds` rejects.
 *
 * The late answer is dropped when it comes, but the environment may still be at work on it: `reset`
 * before going on. An answer that is not promised can't be cut off.
 *
 * The promise rejects with a `DOMException` named `TimeoutError`, as `AbortSignal.timeout` does.
 *
 * @throws RangeError where `milliseconds` is not above 0 and at most 2³¹ − 1.
 */
export function timeout<Observation, Action>(
  environment: Environment<Observation, Action>,
  milliseconds: number,
): Environment<Observation, Action> {
  if (!(milliseconds > 0 && milliseconds <= LONGEST_WAIT)) {
    throw new RangeError(`milliseconds: expected above 0 and at most ${LONGEST_WAIT}, got ${milliseconds}`);
  }
  const inTime = <T>(name: string, answer: MaybePromise<T>): MaybePromise<T> => {
    if (!isPromise(answer)) return answer;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        const message = `${name}: expected an answer within ${milliseconds} ms, got none`;
        reject(new DOMException(message, 'TimeoutError'));
      }, milliseconds);
      // A late answer calls these too, to no effect.
      void answer.then(resolve, reject).then(() => clearTimeout(timer));
    });
  };
  return wrap(environment, {
    reset: (options) => inTime('reset', environment.reset(options)),
    step: (action) => inTime('step', environment.step(action)),
  });
}
