import { logOf } from './log-of.js';

/** Everybody goes round ten items, from a place of their own, some in one direction and some in the other. */
export const rounds = logOf(
  Array.from({ length: 40 }, (_, user) =>
    Array.from({ length: 6 }, (_, step) => (user + 10 + (user < 20 ? step : -step)) % 10),
  ),
);
