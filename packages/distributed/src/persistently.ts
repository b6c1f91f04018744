import { setTimeout as sleep } from 'node:timers/promises';
import { mayPass, redisSentence } from './redis-error.js';

/** What may be known of asking again and again. */
export interface Persistence {
  /** Ends it: then it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told in one sentence why Redis can't be asked now, once for each reason; and undefined when it can be again. */
  readonly onTrouble?: ((sentence: string | undefined) => void) | undefined;
}

/** Milliseconds between two tries: doubled each time. */
const WAITS = { first: 20, longest: 1_000 };

/**
 * Asks until there is an answer. What is asked must be such that asking twice does no harm: nobody knows whether a command was done whose
 * connection was lost.
 *
 * @throws what lasts, as where a password is wrong.
 */
export async function persistently<Answer>(
  ask: () => Promise<Answer>,
  { signal, onTrouble }: Persistence,
): Promise<Answer> {
  let told: string | undefined;
  for (let wait = WAITS.first; ; wait = Math.min(2 * wait, WAITS.longest)) {
    signal?.throwIfAborted();
    try {
      const answer = await ask();
      if (told !== undefined) onTrouble?.(undefined);
      return answer;
    } catch (error) {
      if (!mayPass(error)) throw error;
      const sentence = redisSentence(error);
      if (sentence !== told) onTrouble?.((told = sentence));
      await sleep(wait, undefined, signal ? { signal } : {});
    }
  }
}
