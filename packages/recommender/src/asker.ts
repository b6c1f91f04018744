/** An item that somebody rated, by its id. */
export interface RatedItem {
  readonly item: string;
  /** On the log's scale. */
  readonly rating: number;
}

/** Somebody whom the log does not know: what they have liked, or rated, so far, oldest first. */
export interface NewUser {
  readonly history: readonly (string | RatedItem)[];
}

/** Somebody by their id, and what they have liked, or rated, since the log was made: known to it or not. */
export interface ReturningUser {
  readonly user: string;
  /** Oldest first. */
  readonly since: readonly (string | RatedItem)[];
}

/** Whom to recommend to: a user's id, a history, or an id and what came since. */
export type Asker = string | NewUser | ReturningUser;
