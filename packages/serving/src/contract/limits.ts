/** How much of anything one request may hold: what a page or a shop asks for fits many times, and no request is slow. */
export const LIMITS = {
  /** Items of an answer. */
  k: 100,
  /** Characters of an id. */
  id: 256,
  /** Items of a history. */
  history: 1000,
  /** Items that are excluded, or that alone may be shown. */
  items: 1000,
  /** Items of the caller's own answer. */
  baseline: 100,
  /** Events of a batch. */
  events: 500,
} as const;
