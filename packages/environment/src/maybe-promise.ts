import type { MaybePromise } from './environment.js';

/**
 * What `next` makes of `value`: at once where it is here, later where it is promised. A promise that
 * rejects is passed on, and `next` is not called.
 */
export function whenDone<T, U>(value: MaybePromise<T>, next: (value: T) => U): MaybePromise<U> {
  return isPromise(value) ? value.then(next) : next(value);
}

/** Asks for `then`, as `await` does: another realm's promise is no instance of this one's. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | null | undefined)?.then === 'function';
}
