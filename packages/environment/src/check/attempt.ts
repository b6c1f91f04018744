import type { MaybePromise } from '../environment.js';
import { describe } from './describe.js';

/** What became of a call: its value, or the words of what it threw or rejected with. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly failure: string;
      /** Whether it is that no answer came in time. */
      readonly isLate: boolean;
    };

/** Calls, waits, and never throws. */
export async function attempt<T>(call: () => MaybePromise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (thrown) {
    return { ok: false, failure: describe(thrown), isLate: isTimeout(thrown) };
  }
}

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'TimeoutError';
}
