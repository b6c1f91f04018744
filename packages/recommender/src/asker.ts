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

/**
 * Somebody in the middle of a visit, for a policy that plans visits: of their past it sees the vector that it left, and of
 * the visit all that was shown.
 */
export interface VisitingUser {
  readonly user: string;
  /** What the visit has shown, oldest first, liked or not, with what it earned as a rating. */
  readonly visit: readonly RatedItem[];
}

/** Whom to recommend to: a user's id, a history, an id and what came since, or an id and what a visit has shown. */
export type Asker = string | NewUser | ReturningUser | VisitingUser;
