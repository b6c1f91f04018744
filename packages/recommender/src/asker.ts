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

/** Whom to recommend to: a user's id, or a history. */
export type Asker = string | NewUser;
