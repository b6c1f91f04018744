import { z } from 'zod';
import { LIMITS } from './limits.js';

const SENTENCE = `expected an id of 1 to ${LIMITS.id} characters`;

/** An id of the caller's own, of a user, an item or a session. */
export const idSchema: z.ZodType<string> = z.string(SENTENCE).min(1, SENTENCE).max(LIMITS.id, SENTENCE);

const PLAIN = 'expected an id of 1 to 64 letters, digits, - and _';

/** An id that can stand in an address, of a recommendation or of an event. */
export const plainIdSchema: z.ZodType<string> = z.string(PLAIN).regex(/^[A-Za-z0-9_-]{1,64}$/, PLAIN);

/** Ids of items. */
export function itemsSchema(most: number): z.ZodType<string[]> {
  const sentence = `expected at most ${most} ids of items`;
  return z.array(idSchema, sentence).max(most, sentence);
}
