/**
 * What parent and child say to each other: one JSON object a line, over the child's stdin and stdout.
 *
 * The child speaks first, `{"ready": …}`; then each request gets one answer. It ends when its stdin does. One
 * that finds that it can't take part says `{"unavailable": …}` instead, and ends.
 * `peers/protocol.py` speaks it too.
 */

/** Asks a child to do its task so many times. */
export interface TurnRequest {
  /** A child can know several; each has a name. */
  readonly task: string;
  /** How many are timed. */
  readonly iterations: number;
  /** How many are done before, untimed: the other contenders have just emptied the caches. */
  readonly warmUp: number;
}

export interface TurnAnswer {
  /** Milliseconds of each iteration. */
  readonly times: readonly number[];
  /** Whatever else was measured meanwhile, by name; summed over all turns. */
  readonly details?: Readonly<Record<string, number>>;
}

/** Facts about a child that belong in the report. */
export type About = Readonly<Record<string, unknown>>;

/** What it found missing, and what to do about it. */
export interface Unavailable {
  readonly unavailable: string;
}

export type Greeting = { readonly ready: About } | Unavailable;
